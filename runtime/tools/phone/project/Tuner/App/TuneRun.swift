import Foundation

/// One measuring of everything, on a thread of its own.
final class TuneRun: @unchecked Sendable {
  struct Progress: Sendable {
    let network: String
    let done: Int
    let total: Int
    let isWaiting: Bool
  }

  enum Outcome: Sendable {
    case done, stopped
    case failed(String)
  }

  let log = URL.documentsDirectory.appending(path: "tune.jsonl")
  private let onProgress: @Sendable (Progress) -> Void
  private let lock = NSLock()
  private var isStopped = false

  init(onProgress: @escaping @Sendable (Progress) -> Void) {
    self.onProgress = onProgress
  }

  /// Ends it after the round that is being measured.
  func stop() {
    lock.withLock { isStopped = true }
  }

  /// At the highest quality of service, which the fast cores serve.
  func measure() async -> Outcome {
    await withCheckedContinuation { continuation in
      let thread = Thread { continuation.resume(returning: self.runAll()) }
      thread.qualityOfService = .userInteractive
      thread.start()
    }
  }

  private func runAll() -> Outcome {
    var problem = [CChar](repeating: 0, count: 512)
    let status = log.path.withCString { path in
      var options = mobileone_tune_options()
      options.log_path = path
      options.seconds = 1
      options.passes = 2
      options.user = Unmanaged.passUnretained(self).toOpaque()
      options.observer = { user, network, done, total in
        guard let user, let network else { return 0 }
        let run = Unmanaged<TuneRun>.fromOpaque(user).takeUnretainedValue()
        return run.observe(String(cString: network), Int(done), Int(total)) ? 1 : 0
      }
      return mobileone_tune_run(&options, &problem, problem.count)
    }
    switch status {
    case MOBILEONE_TUNE_DONE: return .done
    case MOBILEONE_TUNE_STOPPED: return .stopped
    default: return .failed(String(cString: problem))
    }
  }

  /// Whether to go on. A hot phone lowers its clock, more during one of two
  /// measurements than during the other.
  private func observe(_ network: String, _ done: Int, _ total: Int) -> Bool {
    func show(isWaiting: Bool) {
      onProgress(Progress(network: network, done: done, total: total, isWaiting: isWaiting))
    }
    while mayGoOn && isHot {
      show(isWaiting: true)
      Thread.sleep(forTimeInterval: 5)
    }
    show(isWaiting: false)
    return mayGoOn
  }

  private var mayGoOn: Bool { lock.withLock { isStopped == false } }

  private var isHot: Bool {
    let state = ProcessInfo.processInfo.thermalState
    return state == .serious || state == .critical
  }
}

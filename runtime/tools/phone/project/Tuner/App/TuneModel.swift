import Combine
import UIKit

/// What the view shows: the state of one measuring after the other.
@MainActor
final class TuneModel: ObservableObject {
  @Published private(set) var status = "Close other apps and plug the phone in."
  @Published private(set) var network = ""
  @Published private(set) var fraction = 0.0
  @Published private(set) var isRunning = false
  /// Of the latest measuring.
  @Published private(set) var log: URL?
  private var run: TuneRun?

  func measure() async {
    let run = TuneRun { [weak self] progress in
      Task { @MainActor [weak self] in self?.show(progress) }
    }
    self.run = run
    isRunning = true
    UIApplication.shared.isIdleTimerDisabled = true
    let outcome = await run.measure()
    UIApplication.shared.isIdleTimerDisabled = false
    isRunning = false
    finish(outcome, run.log)
  }

  func stop() {
    run?.stop()
    status = "Stopping after this round."
  }

  private func show(_ progress: TuneRun.Progress) {
    network = progress.network
    fraction = Double(progress.done) / Double(max(progress.total, 1))
    status = progress.isWaiting
      ? "Waiting until the phone is cooler."
      : "Round \(progress.done) of \(progress.total)"
  }

  private func finish(_ outcome: TuneRun.Outcome, _ log: URL) {
    switch outcome {
    case .done: status = "Done. Share the log."
    case .stopped: status = "Stopped. The log holds what was measured."
    case .failed(let problem): status = problem
    }
    self.log = FileManager.default.fileExists(atPath: log.path) ? log : nil
  }
}

import AVFoundation
import Combine

/// What the view shows: the latest frame's guesses.
@MainActor
final class CameraModel: ObservableObject {
  @Published private(set) var guesses: [Guess] = []
  @Published private(set) var milliseconds = 0.0
  @Published private(set) var problem: String?
  private let camera = Camera()

  var session: AVCaptureSession { camera.session }

  func start() async {
    do {
      let classifier = try FrameClassifier()
      try await camera.start { [weak self] frame in
        let begin = ContinuousClock.now
        let result = Result { try classifier.classify(frame, count: 3) }
        let time = ContinuousClock.now - begin
        Task { @MainActor [weak self] in self?.show(result, time) }
      }
    } catch {
      problem = error.localizedDescription
    }
  }

  private func show(_ result: Result<[Guess], Error>, _ time: Duration) {
    milliseconds = time / .milliseconds(1)
    switch result {
    case .success(let guesses): self.guesses = guesses
    case .failure(let error): problem = error.localizedDescription
    }
  }
}

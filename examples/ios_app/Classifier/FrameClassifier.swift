import CoreVideo
import Foundation
import MobileOneModels

struct Guess: Identifiable {
  let id: Int
  let label: String
  let probability: Float
}

/// Classifies frames, one at a time.
final class FrameClassifier {
  private let network: ImageClassifier
  private let scaler: FrameScaler
  private let labels: [String]
  private let logits: UnsafeMutableBufferPointer<Float>

  /// Two threads: an iPhone 12 has two fast cores.
  init() throws {
    network = try ImageClassifier(options: SessionOptions(threads: 2))
    let shape = ImageClassifier.inputShape  // 1, height, width, channels
    scaler = FrameScaler(width: shape[2], height: shape[1])
    labels = FrameClassifier.readLabels()
    let classes = ImageClassifier.logitsShape[1]
    logits = .allocate(capacity: classes)
    logits.initialize(repeating: 0)
  }

  deinit {
    logits.deallocate()
  }

  /// The `count` likeliest classes.
  func classify(_ frame: CVPixelBuffer, count: Int) throws -> [Guess] {
    try network.run(input: try scaler.scale(frame), logits: logits)
    let largest = logits.max() ?? 0
    let sum = logits.reduce(0) { $0 + exp($1 - largest) }
    let best = logits.indices.sorted { logits[$0] > logits[$1] }.prefix(count)
    return best.map { index in
      Guess(
        id: index, label: index < labels.count ? labels[index] : "class \(index)",
        probability: exp(logits[index] - largest) / sum)
    }
  }

  /// One name a line, in the order of the network's classes; without the file
  /// classes have numbers.
  private static func readLabels() -> [String] {
    guard let url = Bundle.main.url(forResource: "labels", withExtension: "txt"),
      let text = try? String(contentsOf: url, encoding: .utf8)
    else {
      return []
    }
    return text.split(separator: "\n").map(String.init)
  }
}

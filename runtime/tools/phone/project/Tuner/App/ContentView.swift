import SwiftUI

/// Starts measuring, shows how far it is, and shares the log.
struct ContentView: View {
  @StateObject private var model = TuneModel()

  var body: some View {
    VStack(spacing: 24) {
      Text(model.status).multilineTextAlignment(.center)
      if model.isRunning {
        ProgressView(value: model.fraction)
        Text(model.network).font(.caption)
        Button("Stop", role: .cancel) { model.stop() }
      } else {
        Button("Measure") { Task { await model.measure() } }
          .buttonStyle(.borderedProminent)
      }
      if let log = model.log {
        ShareLink("Share the log", item: log)
      }
    }
    .padding()
  }
}

import SwiftUI

/// The camera's picture with what the network sees in it.
struct ContentView: View {
  @StateObject private var model = CameraModel()

  var body: some View {
    ZStack(alignment: .bottom) {
      CameraPreview(session: model.session).ignoresSafeArea()
      VStack(alignment: .leading, spacing: 4) {
        if let problem = model.problem {
          Text(problem)
        }
        ForEach(model.guesses) { guess in
          HStack {
            Text(guess.label)
            Spacer()
            Text(guess.probability, format: .percent.precision(.fractionLength(0)))
          }
        }
        Text("\(model.milliseconds, specifier: "%.1f") ms").font(.caption)
      }
      .padding()
      .background(.thinMaterial, in: RoundedRectangle(cornerRadius: 12))
      .padding()
    }
    .task { await model.start() }
  }
}

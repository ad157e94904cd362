import SwiftUI

@main
struct TunerApp: App {
  var body: some Scene {
    WindowGroup {
      ContentView()
    }
  }
}

import AVFoundation
import SwiftUI

/// Shows what a capture session sees.
struct CameraPreview: UIViewRepresentable {
  let session: AVCaptureSession

  func makeUIView(context: Context) -> UIView {
    let view = PreviewView()
    view.preview.session = session
    view.preview.videoGravity = .resizeAspectFill
    view.layer.addSublayer(view.preview)
    return view
  }

  func updateUIView(_ view: UIView, context: Context) {}

  private final class PreviewView: UIView {
    let preview = AVCaptureVideoPreviewLayer()

    override func layoutSubviews() {
      super.layoutSubviews()
      preview.frame = bounds
    }
  }
}

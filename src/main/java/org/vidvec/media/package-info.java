/**
 * Bytes of a video or an image to upright RGB frames with times, and back into one small JPEG.
 *
 * <p>Start at {@link org.vidvec.media.MediaBackend} and {@link org.vidvec.media.FfmpegBackend}: a
 * {@link org.vidvec.media.MediaSource} is sniffed ({@code FileKind}), opened ({@code Demuxer},
 * whose bytes come through {@code SourceIo}), counted ({@code ScannedVideo}), decoded where {@link
 * org.vidvec.media.Sampling} wants a frame ({@code FramePlan}, {@code VideoReader}, {@code
 * FrameStream}) and turned to RGB ({@code RgbConverter}).
 *
 * <p>May import {@code natives}, {@code bitstream} and FFmpeg's bindings ({@code org.bytedeco});
 * nothing else may import those.
 */
package org.vidvec.media;

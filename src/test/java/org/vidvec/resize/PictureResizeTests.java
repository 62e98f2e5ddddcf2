package org.vidvec.resize;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.media.Frame;
import org.vidvec.parity.Parity;
import org.vidvec.parity.TensorFile;

public class PictureResizeTests extends ESTestCase {

    public void testEqualsTorchvisionInEveryByte() throws IOException {
        TensorFile file = new TensorFile(Parity.path("preprocessing/resize.safetensors"));
        for (int i = 0; i < 4; i++) {
            Frame source = file.frames(i + ".source").get(0);
            Frame expected = file.frames(i + ".torchvision_bicubic").get(0);
            ImageSize size = new ImageSize(expected.height(), expected.width());
            assertArrayEquals(expected.rgb(), PictureResize.resize(source, size).rgb());
        }
    }

    public void testEqualsTheProcessorInEveryByte() throws IOException {
        for (Parity.Case c : Parity.VISION) {
            TensorFile tensors = c.tensors();
            List<Frame> frames = tensors.frames("frames");
            List<Frame> expected = tensors.frames("resized_frames");
            assertEquals(frames.size(), expected.size());
            for (int i = 0; i < frames.size(); i++) {
                Frame want = expected.get(i);
                ImageSize size = new ImageSize(want.height(), want.width());
                assertArrayEquals(
                        c.toString(), want.rgb(), PictureResize.resize(frames.get(i), size).rgb());
            }
        }
    }

    public void testSameSizeKeepsTheBytes() {
        byte[] rgb = randomByteArrayOfLength(5 * 7 * 3);
        Frame frame = new Frame(1.5, 7, 5, rgb);
        Frame same = PictureResize.resize(frame, new ImageSize(5, 7));
        assertSame(rgb, same.rgb());
        assertEquals(1.5, same.timeSeconds(), 0);
    }

    public void testOneColourStaysOneColour() {
        byte[] rgb = new byte[31 * 17 * 3];
        Arrays.fill(rgb, (byte) 200);
        Frame frame = new Frame(0, 17, 31, rgb);
        for (byte value : PictureResize.resize(frame, new ImageSize(56, 28)).rgb()) {
            assertEquals((byte) 200, value);
        }
    }
}

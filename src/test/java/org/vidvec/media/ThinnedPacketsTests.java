package org.vidvec.media;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;

import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.bitstream.Unreferenced;

/**
 * How many pictures of real clips no other one refers to. Counts are those of FFmpeg 5.1's {@code
 * ffmpeg -i FILE -c copy -bsf:v trace_headers -f null -}.
 */
public class ThinnedPacketsTests extends ESTestCase {

    /** Slices of {@code nal_ref_idc} 0, one in each picture. */
    public void testH264() throws Exception {
        assertEquals(141, unreferenced("video/dog-fetch.mp4"));
        assertEquals("units behind start codes", 231, unreferenced("demo/tears-of-steel.ts"));
    }

    /** 150 of {@code TRAIL_N} and 2 of {@code RASL_N}, all of one temporal layer. */
    public void testHevc() throws Exception {
        assertEquals(152, unreferenced("video/cup-shuffle.mp4"));
    }

    /**
     * 89 shown frames have {@code refresh_frame_flags} 0; some of them share a packet with a hidden
     * one.
     */
    public void testAv1() throws Exception {
        int found = unreferenced("demo/elf-figurine.mkv");
        assertTrue(found + "", found > 50 && found <= 89);
        // each frame is one that others refer to
        assertEquals(0, unreferenced("video/rooftop-hdr10.mp4"));
    }

    private static int unreferenced(String file) throws Exception {
        FfmpegLibraries.load(MediaFiles.natives());
        BytesSource source = MediaFiles.source(file);
        Deadline deadline = new Deadline(file, MediaLimits.DEFAULT.timeout());
        VideoFile video =
                new VideoFile(
                        source, FileKind.of(source), MediaLimits.DEFAULT, deadline, true, true);
        AVPacket packet = av_packet_alloc();
        try (Demuxer demuxer = video.open()) {
            Unreferenced pictures = ThinnedPackets.unreferenced(demuxer.codecParameters());
            int found = 0;
            while (demuxer.read(packet)) {
                found += pictures.test(ThinnedPackets.bytes(packet)) ? 1 : 0;
                av_packet_unref(packet);
            }
            assertTrue(pictures.sound());
            return found;
        } finally {
            av_packet_free(packet);
        }
    }
}

package org.vidvec.media;

import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** The packets of one video stream, in decoding order. */
interface Packets {

    /**
     * The next packet.
     *
     * @param packet empty; to be emptied after use
     * @return false at the end, also where the rest can't be read as packets
     */
    boolean read(AVPacket packet) throws MediaException;

    /**
     * Goes on at a key frame; false if that failed.
     *
     * @param key of a scan of the same stream
     */
    boolean seek(PacketScan.Key key);
}

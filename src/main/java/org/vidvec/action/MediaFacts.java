package org.vidvec.action;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.xcontent.ToXContentFragment;
import org.elasticsearch.xcontent.XContentBuilder;
import org.vidvec.media.MediaInfo;
import org.vidvec.media.Transparency;

/**
 * What decoding an item's file showed.
 *
 * @param info what the file is
 * @param sha256 of the file's bytes, in hex; null for frames of a document
 * @param framesSampled how many frames the model saw
 * @param strip the frames as {@code org.vidvec.media.FrameStrip} writes them; null if not asked for
 */
public record MediaFacts(MediaInfo info, String sha256, int framesSampled, BytesReference strip)
        implements Writeable, ToXContentFragment {

    /** Reads what {@link #writeTo} wrote. */
    public MediaFacts(StreamInput in) throws IOException {
        this(
                new MediaInfo(
                        in.readString(),
                        in.readString(),
                        in.readString(),
                        in.readVInt(),
                        in.readVInt(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readEnum(Transparency.class)),
                in.readOptionalString(),
                in.readVInt(),
                in.readOptionalBytesReference());
    }

    /** Whether it is a document, whose parts are pages. */
    boolean isPaged() {
        return info.kind().equals(InputSpec.Type.PDF.toString());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeString(info.kind());
        out.writeString(info.container());
        out.writeString(info.codec());
        out.writeVInt(info.width());
        out.writeVInt(info.height());
        out.writeDouble(info.durationSeconds());
        out.writeDouble(info.framesPerSecond());
        out.writeEnum(info.transparency());
        out.writeOptionalString(sha256);
        out.writeVInt(framesSampled);
        out.writeOptionalBytesReference(strip);
    }

    /** The facts without the frames. */
    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        if (sha256 != null) {
            builder.field("sha256", sha256);
        }
        if (info.transparency().word() != null) {
            builder.field("alpha", info.transparency().word());
        }
        return builder.field("kind", info.kind())
                .field("container", info.container())
                .field("codec", info.codec())
                .field("width", info.width())
                .field("height", info.height())
                .field("duration", info.durationSeconds())
                .field("fps", info.framesPerSecond())
                .field("frames_sampled", framesSampled);
    }

    /**
     * What is kept with each vector: the facts but for kind, container and frames; a new mutable
     * map.
     */
    public Map<String, Object> provenance() {
        Map<String, Object> map = new HashMap<>();
        if (sha256 != null) {
            map.put("sha256", sha256);
        }
        map.put("duration", info.durationSeconds());
        map.put("fps", info.framesPerSecond());
        map.put("width", info.width());
        map.put("height", info.height());
        map.put("codec", info.codec());
        map.put("frames_sampled", framesSampled);
        if (info.transparency().word() != null) {
            map.put("alpha", info.transparency().word());
        }
        return map;
    }
}

package org.vidvec.action;

import java.io.IOException;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.vidvec.inference.InferenceStats;
import org.vidvec.model.PrefixStats;

/** {@link InferenceStats} as bytes, in the order of its components. */
final class StatsWire {

    private StatsWire() {}

    static void write(StreamOutput out, InferenceStats stats) throws IOException {
        out.writeMap(stats.models(), StreamOutput::writeString, StatsWire::writeModel);
        InferenceStats.Queue queue = stats.queue();
        out.writeVInt(queue.size());
        out.writeVInt(queue.capacity());
        out.writeVLong(queue.inputBytes());
        out.writeVLong(queue.frameBytes());
        out.writeDouble(queue.waitP99Millis());
        InferenceStats.Cache cache = stats.cache();
        out.writeVLong(cache.hits());
        out.writeVLong(cache.misses());
        out.writeVLong(cache.evictions());
        out.writeVLong(cache.sizeBytes());
        PrefixStats prefixes = stats.prefixes();
        out.writeVLong(prefixes.entries());
        out.writeVLong(prefixes.bytes());
        out.writeVLong(prefixes.hits());
        out.writeVLong(prefixes.misses());
        out.writeVLong(prefixes.evictions());
        InferenceStats.Decode decode = stats.decode();
        out.writeVLong(decode.files());
        out.writeDouble(decode.seconds());
        out.writeVLong(decode.frames());
        out.writeVLong(decode.millis());
        out.writeVLong(decode.failed());
        out.writeMap(decode.failedByReason(), StreamOutput::writeString, StreamOutput::writeVLong);
    }

    static InferenceStats read(StreamInput in) throws IOException {
        return new InferenceStats(
                in.readMap(StatsWire::readModel),
                new InferenceStats.Queue(
                        in.readVInt(),
                        in.readVInt(),
                        in.readVLong(),
                        in.readVLong(),
                        in.readDouble()),
                new InferenceStats.Cache(
                        in.readVLong(), in.readVLong(), in.readVLong(), in.readVLong()),
                new PrefixStats(
                        in.readVLong(),
                        in.readVLong(),
                        in.readVLong(),
                        in.readVLong(),
                        in.readVLong()),
                new InferenceStats.Decode(
                        in.readVLong(),
                        in.readDouble(),
                        in.readVLong(),
                        in.readVLong(),
                        in.readVLong(),
                        in.readMap(StreamInput::readVLong)));
    }

    private static void writeModel(StreamOutput out, InferenceStats.Model model)
            throws IOException {
        out.writeString(model.state());
        out.writeOptionalString(model.reason());
        out.writeVLong(model.memoryBytes());
        InferenceStats.Held held = model.held();
        out.writeString(held.fingerprint());
        out.writeString(held.device());
        out.writeString(held.dtype());
        out.writeVInt(held.waiting());
        InferenceStats.Embed embed = model.embed();
        out.writeVLong(embed.videos());
        out.writeVLong(embed.images());
        out.writeVLong(embed.texts());
        out.writeVLong(embed.moments());
        out.writeVLong(embed.failed());
        out.writeVLong(embed.rejected());
        writeTime(out, embed.time());
        InferenceStats.Match match = model.match();
        out.writeVLong(match.pairs());
        out.writeVLong(match.failed());
        out.writeVLong(match.rejected());
        writeTime(out, match.time());
        InferenceStats.Write write = model.write();
        out.writeVLong(write.texts());
        out.writeVLong(write.tokens());
        out.writeVLong(write.videos());
        out.writeVLong(write.videoTokens());
        out.writeVLong(write.failed());
        out.writeVLong(write.rejected());
        writeTime(out, write.time());
    }

    private static InferenceStats.Model readModel(StreamInput in) throws IOException {
        return new InferenceStats.Model(
                in.readString(),
                in.readOptionalString(),
                in.readVLong(),
                new InferenceStats.Held(
                        in.readString(), in.readString(), in.readString(), in.readVInt()),
                new InferenceStats.Embed(
                        in.readVLong(),
                        in.readVLong(),
                        in.readVLong(),
                        in.readVLong(),
                        in.readVLong(),
                        in.readVLong(),
                        readTime(in)),
                new InferenceStats.Match(
                        in.readVLong(), in.readVLong(), in.readVLong(), readTime(in)),
                new InferenceStats.Write(
                        in.readVLong(),
                        in.readVLong(),
                        in.readVLong(),
                        in.readVLong(),
                        in.readVLong(),
                        in.readVLong(),
                        readTime(in)));
    }

    private static void writeTime(StreamOutput out, InferenceStats.Time time) throws IOException {
        out.writeVLong(time.batches());
        out.writeVLong(time.millis());
        out.writeVLong(time.calls());
        out.writeDouble(time.p50Millis());
        out.writeDouble(time.p99Millis());
    }

    private static InferenceStats.Time readTime(StreamInput in) throws IOException {
        return new InferenceStats.Time(
                in.readVLong(), in.readVLong(), in.readVLong(), in.readDouble(), in.readDouble());
    }
}

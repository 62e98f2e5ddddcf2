package org.vidvec.action;

import java.io.IOException;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.xcontent.XContentBuilder;
import org.vidvec.model.Attention;
import org.vidvec.model.Calibration;
import org.vidvec.model.CardCalibration;
import org.vidvec.model.Instructions;
import org.vidvec.model.LongVideos;
import org.vidvec.model.ModelRecipe;
import org.vidvec.moments.Aggregate;

/** A {@link ModelRecipe} on the wire and in responses. */
final class RecipeWire {

    private RecipeWire() {}

    static ModelRecipe read(StreamInput in) throws IOException {
        return new ModelRecipe(
                in.readEnum(Attention.class),
                in.readString(),
                readInstructions(in),
                readInstructions(in),
                readInstructions(in),
                in.readBoolean()
                        ? new LongVideos(
                                in.readDouble(), in.readDouble(), in.readEnum(Aggregate.class))
                        : null,
                new CardCalibration(
                        in.readEnum(Calibration.class),
                        in.readDouble(),
                        in.readStringCollectionAsImmutableList()),
                in.readString());
    }

    private static Instructions readInstructions(StreamInput in) throws IOException {
        return new Instructions(
                in.readString(),
                in.readString(),
                in.readString(),
                in.readString(),
                in.readString());
    }

    static void write(ModelRecipe recipe, StreamOutput out) throws IOException {
        out.writeEnum(recipe.attention());
        out.writeString(recipe.pooling());
        write(recipe.query(), out);
        write(recipe.document(), out);
        write(recipe.moment(), out);
        LongVideos videos = recipe.longVideos();
        out.writeBoolean(videos != null);
        if (videos != null) {
            out.writeDouble(videos.fromSeconds());
            out.writeDouble(videos.windowSeconds());
            out.writeEnum(videos.aggregate());
        }
        out.writeEnum(recipe.calibration().kind());
        out.writeDouble(recipe.calibration().temperature());
        out.writeStringCollection(recipe.calibration().queries());
        out.writeString(recipe.licence());
    }

    private static void write(Instructions words, StreamOutput out) throws IOException {
        out.writeString(words.text());
        out.writeString(words.image());
        out.writeString(words.video());
        out.writeString(words.textImage());
        out.writeString(words.textVideo());
    }

    /** Its fields, under the names of the card. */
    static void toXContent(ModelRecipe recipe, XContentBuilder builder) throws IOException {
        builder.field("attention", recipe.attention().cardName());
        builder.field("pooling", recipe.pooling());
        builder.startObject("prompts");
        toXContent("query", recipe.query(), builder);
        toXContent("document", recipe.document(), builder);
        toXContent("moment", recipe.moment(), builder);
        builder.endObject();
        toXContent(recipe.calibration(), builder);
        LongVideos videos = recipe.longVideos();
        if (videos != null) {
            builder.startObject("long_videos")
                    .field("from", videos.fromSeconds())
                    .field("window", videos.windowSeconds())
                    .field("aggregate", videos.aggregate().toString())
                    .endObject();
        }
        if (recipe.licence().isEmpty() == false) {
            builder.field("licence", recipe.licence());
        }
    }

    private static void toXContent(CardCalibration calibration, XContentBuilder builder)
            throws IOException {
        builder.startObject("match")
                .startObject("calibration")
                .field("kind", calibration.kind().toString());
        if (calibration.kind() == Calibration.DUAL_SOFTMAX) {
            builder.field("temperature", calibration.temperature())
                    .field("queries", calibration.queries());
        }
        builder.endObject().endObject();
    }

    private static void toXContent(String side, Instructions words, XContentBuilder builder)
            throws IOException {
        builder.startObject(side)
                .field("text", words.text())
                .field("image", words.image())
                .field("video", words.video())
                .field("text_image", words.textImage())
                .field("text_video", words.textVideo())
                .endObject();
    }
}

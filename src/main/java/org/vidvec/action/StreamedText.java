package org.vidvec.action;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.common.Strings;
import org.elasticsearch.core.CheckedConsumer;
import org.elasticsearch.rest.RestChannel;
import org.elasticsearch.rest.RestResponse;
import org.elasticsearch.xcontent.ToXContent;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.json.JsonXContent;

/**
 * A text as server-sent events while it is written, in the form of the host's inference API: {@code
 * {"completion": [{"delta"}]}} in each, the last with tokens and reason of the end, then {@code
 * [DONE]}.
 */
final class StreamedText implements ActionListener<GenerateAction.Response> {

    private static final String MESSAGE = "message";

    private final RestChannel channel;
    private final EventStream events;
    private final TextStreams streams;
    private final long id;
    // characters sent so far
    private int heard;

    StreamedText(RestChannel channel, TextStreams streams) {
        this.channel = channel;
        this.events = new EventStream(channel);
        this.streams = streams;
        this.id = streams.open(this::hear);
    }

    /** Its number among those that this node hears. */
    long id() {
        return id;
    }

    private synchronized void hear(int from, String part) {
        // another node that took over begins again
        int known = heard - from;
        if (known >= part.length()) {
            return;
        }
        String delta = part.substring(Math.max(0, known));
        heard = from + part.length();
        events.send(
                MESSAGE,
                json(
                        builder ->
                                builder.startObject()
                                        .startArray("completion")
                                        .startObject()
                                        .field("delta", delta)
                                        .endObject()
                                        .endArray()
                                        .endObject()));
    }

    @Override
    public synchronized void onResponse(GenerateAction.Response response) {
        streams.close(id);
        events.send(MESSAGE, json(builder -> response.lastEvent(builder, heard)));
        events.end(MESSAGE, "[DONE]");
    }

    @Override
    public synchronized void onFailure(Exception e) {
        streams.close(id);
        if (events.isBegun()) {
            events.end(
                    "error",
                    json(
                            builder -> {
                                builder.startObject();
                                ElasticsearchException.generateFailureXContent(
                                        builder, ToXContent.EMPTY_PARAMS, e, true);
                                builder.field("status", ExceptionsHelper.status(e).getStatus());
                                builder.endObject();
                            }));
        } else {
            refuse(e);
        }
    }

    /** As without a stream: nothing of it was sent. */
    private void refuse(Exception e) {
        try {
            channel.sendResponse(new RestResponse(channel, e));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String json(CheckedConsumer<XContentBuilder, IOException> content) {
        try (XContentBuilder builder = JsonXContent.contentBuilder()) {
            content.accept(builder);
            return Strings.toString(builder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

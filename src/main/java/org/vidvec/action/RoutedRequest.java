package org.vidvec.action;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.action.ValidateActions;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.tasks.TaskId;

/**
 * A request that an inference node answers: which model, what is asked, and how long that may take.
 *
 * @param <B> what is asked; a record
 * @param <Q> its own class
 */
public abstract class RoutedRequest<B extends Writeable, Q> extends ActionRequest {

    /** Far beyond any work, and well within what clocks can add up. */
    public static final TimeValue MAX_TIMEOUT = TimeValue.timeValueDays(7);

    private final String modelId;
    private final B body;
    private final TimeValue timeout;

    /**
     * @param modelId which model
     * @param timeout from now on, waiting included
     */
    RoutedRequest(String modelId, B body, TimeValue timeout) {
        this.modelId = modelId;
        this.body = body;
        this.timeout = Objects.requireNonNull(timeout);
    }

    /** Reads what {@link #writeTo} wrote. */
    RoutedRequest(StreamInput in, Writeable.Reader<B> reader) throws IOException {
        super(in);
        modelId = in.readString();
        body = reader.read(in);
        timeout = in.readTimeValue();
    }

    /** The model that the node must have. */
    public final String modelId() {
        return modelId;
    }

    /** What is asked. */
    final B body() {
        return body;
    }

    /** How long the answer may take from now on, waiting included. */
    public final TimeValue timeout() {
        return timeout;
    }

    /** The same request with less time left. */
    public abstract Q within(TimeValue timeLeft);

    /** What is wrong with what is asked, each by name; empty if nothing is. */
    abstract List<String> problems();

    @Override
    public final ActionRequestValidationException validate() {
        ActionRequestValidationException errors = null;
        if (modelId == null || modelId.isEmpty()) {
            errors = ValidateActions.addValidationError("[model_id] is missing", errors);
        }
        for (String problem : timeoutProblems(timeout)) {
            errors = ValidateActions.addValidationError(problem, errors);
        }
        for (String problem : problems()) {
            errors = ValidateActions.addValidationError(problem, errors);
        }
        return errors;
    }

    /** The problem of a time that can't be waited for. */
    static List<String> timeoutProblems(TimeValue timeout) {
        if (timeout.nanos() > 0 && timeout.compareTo(MAX_TIMEOUT) <= 0) {
            return List.of();
        }
        return List.of(
                "[timeout] must be more than [0ms] and at most ["
                        + MAX_TIMEOUT
                        + "], not ["
                        + timeout.getStringRep()
                        + "]");
    }

    /** The problem of a list that holds nothing. */
    static List<String> emptiness(String name, List<?> items) {
        return items.isEmpty() ? List.of("[" + name + "] must hold at least one item") : List.of();
    }

    @Override
    public final void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeString(modelId);
        body.writeTo(out);
        out.writeTimeValue(timeout);
    }

    @Override
    public final Task createTask(
            long id, String type, String action, TaskId parent, Map<String, String> headers) {
        return new CancellableTask(id, type, action, getDescription(), parent, headers);
    }

    @Override
    public final boolean equals(Object o) {
        return o != null
                && o.getClass() == getClass()
                && o instanceof RoutedRequest<?, ?> other
                && Objects.equals(modelId, other.modelId)
                && body.equals(other.body)
                && timeout.equals(other.timeout);
    }

    @Override
    public final int hashCode() {
        return Objects.hash(modelId, body, timeout);
    }
}

package org.vidvec.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.vidvec.media.Frame;
import org.vidvec.media.Sampling;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;
import org.vidvec.model.Embedder;
import org.vidvec.model.Embedding;
import org.vidvec.model.LayerEmbedder;
import org.vidvec.model.LoadedModel;
import org.vidvec.model.MatchScore;
import org.vidvec.model.Matcher;
import org.vidvec.model.ModelException;
import org.vidvec.model.ModelException.Kind;
import org.vidvec.model.ModelInfo;
import org.vidvec.model.ModelRecipe;
import org.vidvec.model.ModelRepository;
import org.vidvec.model.Ranker;
import org.vidvec.model.WriteOptions;
import org.vidvec.model.Writer;

/**
 * Models without weights or natives: the vector counts the letters of texts and the brightness of
 * frames, a pair matches as far as their vectors do. A token is a character or a frame.
 */
final class LetterModels implements ModelRepository {

    /** a-z, then brightness in four steps, then one that is always there. */
    static final int DIMS = 31;

    /** Lets a test stand in the middle of a forward pass or a load. */
    interface Hook {
        void run() throws ModelException;
    }

    final List<String> loads = new CopyOnWriteArrayList<>();
    final List<String> closed = new CopyOnWriteArrayList<>();
    final List<List<String>> batches = new CopyOnWriteArrayList<>();
    ModelRecipe recipe = ModelRecipe.PLAIN;
    Hook onLoad = () -> {};
    Hook onForward = () -> {};

    private final Map<String, Long> bytes = new TreeMap<>();

    /**
     * @param bytes weights of each model
     */
    LetterModels(Map<String, Long> bytes) {
        this.bytes.putAll(bytes);
    }

    /** The model's folder holds another checkpoint now. */
    void grow(String id, long newBytes) {
        bytes.put(id, newBytes);
    }

    @Override
    public List<String> ids() {
        return List.copyOf(bytes.keySet());
    }

    @Override
    public ModelInfo describe(String id) {
        return new ModelInfo(
                id,
                "letters",
                "sha256:" + id,
                DIMS,
                1,
                1,
                bytes.get(id) / 4,
                "float32",
                new Sampling.Uniform(8),
                false,
                10,
                recipe);
    }

    @Override
    public LoadedModel load(String id) throws ModelException {
        loads.add(id);
        onLoad.run();
        return new Letters(id);
    }

    private final class Letters implements LoadedModel, Embedder, Matcher, Ranker, Writer {
        private final String id;
        private boolean open = true;

        Letters(String id) {
            this.id = id;
        }

        @Override
        public ModelInfo info() {
            return describe(id);
        }

        @Override
        public Embedder embedder() {
            return this;
        }

        @Override
        public LayerEmbedder layerEmbedder() {
            return batch -> {
                List<float[][]> layers = new ArrayList<>();
                embed(batch).forEach(e -> layers.add(new float[][] {e.vector()}));
                return layers;
            };
        }

        @Override
        public Matcher matcher() {
            return this;
        }

        @Override
        public Writer writer() {
            return this;
        }

        /** What was read, then the question, letter by letter. */
        @Override
        public List<Written> write(List<Task> batch, WriteOptions options) throws ModelException {
            forward(batch.stream().map(task -> LetterModels.text(task.about())).toList());
            List<Written> out = new ArrayList<>();
            for (Task task : batch) {
                String all = LetterModels.text(task.about());
                all = task.question() == null ? all : all + task.question();
                // 0: as many as the card says, here all
                int most = options.maxNewTokens() == 0 ? all.length() : options.maxNewTokens();
                int n = 0;
                while (n < Math.min(all.length(), most) && !task.unwanted().getAsBoolean()) {
                    task.pieces().accept(all.substring(n, ++n));
                }
                String finish = n < all.length() ? "length" : "stop";
                out.add(new Written(all.substring(0, n), n, countTokens(task), finish));
            }
            return out;
        }

        @Override
        public int countTokens(Task task) {
            return LetterModels.text(task.about()).length();
        }

        @Override
        public String device() {
            return "cpu";
        }

        @Override
        public long memoryBytes() {
            return bytes.get(id);
        }

        @Override
        public void close() {
            open = false;
            closed.add(id);
        }

        @Override
        public List<Embedding> embed(List<EmbedInput> batch) throws ModelException {
            if (batch.isEmpty()) {
                return List.of();
            }
            forward(batch.stream().map(input -> text(input.parts())).toList());
            List<Embedding> out = new ArrayList<>();
            for (EmbedInput input : batch) {
                out.add(new Embedding(vector(input.parts()), countTokens(input)));
            }
            return out;
        }

        @Override
        public int countTokens(EmbedInput input) {
            int tokens = input.instruction() == null ? 0 : input.instruction().length();
            for (Content part : input.parts()) {
                tokens += text(List.of(part)).length();
            }
            return tokens;
        }

        @Override
        public List<MatchScore> match(List<Content> query, List<Content> candidates)
                throws ModelException {
            forward(candidates.stream().map(candidate -> text(List.of(candidate))).toList());
            List<MatchScore> out = new ArrayList<>();
            for (Content candidate : candidates) {
                if (candidate instanceof Content.Text) {
                    throw new ModelException(
                            Kind.INPUT,
                            "model [" + id + "] does not judge [text]; it judges [image, video]");
                }
                float[] a = vector(query);
                float[] b = vector(List.of(candidate));
                double dot = 0;
                for (int i = 0; i < DIMS; i++) {
                    dot += a[i] * b[i];
                }
                out.add(new MatchScore(dot, 1 - dot));
            }
            return out;
        }

        @Override
        public Ranker ranker() {
            return this;
        }

        /** As a match, but that all are read at once. */
        @Override
        public List<MatchScore> rank(List<Content> query, List<Content> candidates)
                throws ModelException {
            forward(List.of(text(query) + text(candidates)));
            List<MatchScore> out = new ArrayList<>();
            for (Content candidate : candidates) {
                out.add(new MatchScore(candidates.size(), text(List.of(candidate)).length()));
            }
            return out;
        }

        @Override
        public int countTokens(List<Content> query, List<Content> candidates) {
            return text(query).length() + text(candidates).length();
        }

        private void forward(List<String> inputs) throws ModelException {
            if (!open) {
                throw new IllegalStateException("[" + id + "] was unloaded in use");
            }
            batches.add(inputs);
            onForward.run();
            for (String input : inputs) {
                if (input.contains("#")) {
                    throw new ModelException(
                            Kind.INPUT, "model [" + id + "] does not know the character [#]");
                }
            }
        }
    }

    /** What a test reads of an input: its text, a dot per frame. */
    private static String text(List<Content> parts) {
        StringBuilder text = new StringBuilder();
        for (Content part : parts) {
            switch (part) {
                case Content.Text t -> text.append(t.value());
                case Content.Image image -> text.append('.');
                case Content.Video video -> text.append(".".repeat(video.clip().frames().size()));
            }
        }
        return text.toString();
    }

    /** Later letters and parts weigh more, so that order matters. */
    private static float[] vector(List<Content> parts) {
        float[] vector = new float[DIMS];
        vector[DIMS - 1] = 1;
        for (int i = 0; i < parts.size(); i++) {
            switch (parts.get(i)) {
                case Content.Text t -> letters(t.value().toLowerCase(Locale.ROOT), vector);
                case Content.Image image -> brightness(image.frame(), i + 1, vector);
                case Content.Video video ->
                        video.clip().frames().forEach(frame -> brightness(frame, 1, vector));
            }
        }
        double norm = 0;
        for (float x : vector) {
            norm += x * x;
        }
        for (int i = 0; i < DIMS; i++) {
            vector[i] /= (float) Math.sqrt(norm);
        }
        return vector;
    }

    private static void letters(String text, float[] vector) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 'a' && c <= 'z') {
                vector[c - 'a'] += 1 + (float) i / text.length();
            }
        }
    }

    private static void brightness(Frame frame, int weight, float[] vector) {
        float aspect = (float) frame.width() / frame.height();
        for (byte b : frame.rgb()) {
            vector[26 + ((b & 255) >> 6)] += weight * aspect / frame.rgb().length;
        }
    }
}

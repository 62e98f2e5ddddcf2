package org.vidvec.train;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.generation.Generation;
import org.vidvec.generation.GenerationListener;
import org.vidvec.generation.GenerationOptions;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;
import org.vidvec.model.FolderModelRepository;
import org.vidvec.model.LoadedModel;
import org.vidvec.model.TrainableModel;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.samples.EmbedPair;
import org.vidvec.samples.GeneratedPairs;
import org.vidvec.samples.GeneratedSource;
import org.vidvec.samples.PairOrigin;

/**
 * What ViLL-E's loss embeds is what is embedded later, where the model writes the caption that it
 * was told (ViLL-E §3.2): same prompt, same states, same head.
 */
public class CaptionServingTests extends ESTestCase {

    private static final String SHOWN = "Tell what is seen in the video.";
    private static final String SAID = "Tell what the text says.";

    private static final Map<String, Object> CLIPS =
            Map.of(
                    "generated",
                    "clip",
                    "frames",
                    2,
                    "size",
                    56,
                    "query_instruction",
                    SAID,
                    "target_instruction",
                    SHOWN);

    private static final RunListener SILENT =
            new RunListener() {
                @Override
                public void begins(int from, int steps, long parameters, List<String> notes) {}

                @Override
                public void stepped(StepReport report) {}
            };

    private NativeLibraries natives;

    @Override
    public void setUp() throws Exception {
        super.setUp();
        natives = NativeLibraries.fromSystemProperty();
    }

    private Map<String, Object> head =
            Map.of("name", "kv_former", "pooling_tokens", 8, "mlp_dim", 32, "heads", 4);

    private RunFile file(int tokens) throws Exception {
        RunFile file =
                new RunFile(createTempDir())
                        .with("data", CLIPS)
                        .with("loss", Map.of("name", "vill_e", "tau", 0.1, "tokens", tokens))
                        .with("head", head)
                        .with("optimizer", Map.of("learning_rate", 1e-3))
                        .with("steps", 1);
        file.json().remove("lora");
        return file;
    }

    /** A model with a head, as a run leaves it. */
    private Path learnt(int tokens) throws Exception {
        Path model = new TrainingRun(file(tokens).spec(), natives, SILENT).run();
        Path folder = createTempDir().resolve("learnt");
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(model)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.write(folder.resolve(file.getFileName()), Files.readAllBytes(file));
            }
        }
        return folder;
    }

    private static EmbedPair pair() throws Exception {
        RunFields fields = new RunFields("", new Gson().toJsonTree(CLIPS).getAsJsonObject());
        PairOrigin origin = new OriginFields(fields, Path.of("")).read();
        return new GeneratedPairs((GeneratedSource) origin).at(3, 0);
    }

    /** What the model writes about something, so many tokens. */
    private long[] written(Path folder, EmbedInput shown) throws Exception {
        try (TrainableModel model = TrainableModel.open(natives, folder, 1)) {
            GenerationOptions options =
                    GenerationOptions.greedy(16).withStop(GenerationOptions.Stop.NEVER);
            Generation text =
                    model.generator()
                            .generate(
                                    List.of(model.prepare(shown)), options, GenerationListener.NONE)
                            .get(0);
            return text.ids();
        }
    }

    /** The vectors of both sides by the pass that learns. */
    private List<float[]> learning(Path folder, EmbedPair pair, long[] caption, int tokens)
            throws Exception {
        RunFile file = file(tokens).with("model", folder.toString());
        file.json().remove("head");
        RunSpec spec = file.spec();
        try (TrainableModel model = TrainableModel.open(natives, folder, 1);
                Learner learner =
                        new Learner(
                                model.network().learner(),
                                spec.learning(),
                                LearntHead.open(spec, model),
                                false,
                                1,
                                null);
                Losses losses = new Losses(model.network().learner().engine());
                LearningPass pass = learner.pass()) {
            StateReader reader =
                    new StateReader(
                            learner.network(),
                            model.layer(),
                            model.pooling(),
                            learner.head().learner());
            Told told = new Told(model.prepare(pair.target()), caption, true);
            StretchSide words =
                    new StretchSide(learner, reader, List.of(Stretch.words(told, tokens)));
            CaptionedSide shown =
                    new CaptionedSide(
                            learner,
                            losses,
                            reader,
                            List.of(told),
                            words,
                            true,
                            model.endToken(),
                            1);
            SideMaker sides = new SideMaker(model, learner, reader, tokens);
            SamplePrompts.Pair prompts = new SamplePrompts(model, 0).pair(pair);
            GradCache.Side own = sides.of(List.of(prompts.target()));
            GradCache.Side text = sides.of(List.of(prompts.query()));
            return List.of(
                    unit(shown.read(pass, 0, 1).embeddings().toFloats()),
                    unit(text.embed(pass, 0, 1).toFloats()),
                    unit(own.embed(pass, 0, 1).toFloats()));
        }
    }

    private static float[] unit(float[] vector) {
        double sum = 0;
        for (float x : vector) {
            sum += (double) x * x;
        }
        float[] unit = new float[vector.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (vector[i] / Math.sqrt(sum));
        }
        return unit;
    }

    /** The same by the model as it serves, which is told no instruction. */
    private List<float[]> serving(Path folder, EmbedPair pair) throws Exception {
        List<float[]> vectors = new ArrayList<>();
        FolderModelRepository models =
                new FolderModelRepository(folder.getParent(), natives, "cpu", 1);
        try (LoadedModel model = models.load("learnt")) {
            for (EmbedInput input : List.of(pair.target(), pair.query())) {
                List<Content> parts = input.parts();
                EmbedInput bare = new EmbedInput(parts, input.role(), null);
                vectors.add(model.embedder().embed(List.of(bare)).get(0).vector());
            }
        }
        return vectors;
    }

    /** The model ends its text with a token of its own choice, which is learnt as the end. */
    public void testACaptionThatTheModelWritesItself() throws Exception {
        Path folder = learnt(0);
        EmbedPair pair = pair();
        long[] words = written(folder, pair.target());
        int last = 1;
        while (before(words, last).contains(words[last])) {
            last++;
        }
        Path generation = folder.resolve("generation_config.json");
        JsonObject json = JsonParser.parseString(Files.readString(generation)).getAsJsonObject();
        json.addProperty("eos_token_id", words[last]);
        Files.writeString(generation, json.toString());
        long[] caption = Arrays.copyOf(words, last);
        List<float[]> learnt = learning(folder, pair, caption, 0);
        List<float[]> served = serving(folder, pair);
        assertArrayEquals(learnt.get(0), served.get(0), 1e-4f);
        assertArrayEquals(learnt.get(1), served.get(1), 1e-4f);
        // nor does it matter whether it is told that caption
        assertArrayEquals(learnt.get(2), served.get(0), 1e-4f);
        // another caption gives another vector
        long[] other = Arrays.copyOf(caption, caption.length);
        other[0] = words[last];
        float[] otherwise = learning(folder, pair, other, 0).get(0);
        assertNotEquals(0, Arrays.compare(learnt.get(0), otherwise));
    }

    private static List<Long> before(long[] words, int end) {
        return Arrays.stream(words, 0, end).boxed().toList();
    }

    /** As many tokens as were learnt, whatever they are (appendix A). */
    public void testAFixedNumberOfTokens() throws Exception {
        Path folder = learnt(3);
        EmbedPair pair = pair();
        long[] caption = written(folder, pair.target());
        List<float[]> learnt = learning(folder, pair, caption, 3);
        float[] served = serving(folder, pair).get(0);
        assertArrayEquals(learnt.get(0), served, 1e-4f);
        assertArrayEquals(learnt.get(2), served, 1e-4f);
    }

    /** No head at all but the mean, in the last layer but one (section 3.2). */
    public void testTheMeanOfWords() throws Exception {
        head = Map.of("name", "mean");
        Path folder = learnt(3);
        EmbedPair pair = pair();
        long[] caption = written(folder, pair.target());
        List<float[]> learnt = learning(folder, pair, caption, 3);
        List<float[]> served = serving(folder, pair);
        assertArrayEquals(learnt.get(2), served.get(0), 1e-4f);
        assertArrayEquals(learnt.get(1), served.get(1), 1e-4f);
    }
}

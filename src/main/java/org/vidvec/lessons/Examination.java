package org.vidvec.lessons;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.vidvec.backbone.Readout;
import org.vidvec.backbone.ReadoutPlan;
import org.vidvec.backbone.VisionLanguageNetwork;
import org.vidvec.engine.EngineException;
import org.vidvec.generation.Generation;
import org.vidvec.generation.GenerationListener;
import org.vidvec.generation.GenerationOptions;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;
import org.vidvec.model.ModelException;
import org.vidvec.model.TrainableModel;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.world.Difficulty;
import org.vidvec.world.FrameSize;
import org.vidvec.world.Question;
import org.vidvec.world.RetrievalSet;
import org.vidvec.world.Source;
import org.vidvec.world.Split;
import org.vidvec.world.SpokenWords;
import org.vidvec.world.Style;
import org.vidvec.world.Subject;

/**
 * How much a model knows by now of clips that it has never seen: finding them without having learnt
 * to (one word is asked for, VidVec section 4), telling true captions from those with one wrong
 * word, and captions of its own.
 */
public final class Examination {

    private static final int GROUP = 16;
    private static final int MOST_TOKENS = 48;
    private static final int QUESTIONS = 2;

    private final TrainableModel model;
    private final VisionLanguageNetwork network;
    private final List<Subject> clips;
    private final List<Content> shown = new ArrayList<>();

    /**
     * Draws the clips of the validation split.
     *
     * @param clips how many
     * @param frames of each
     */
    public Examination(TrainableModel model, long seed, int clips, int frames, FrameSize size) {
        this.model = model;
        this.network = model.network();
        this.clips = new RetrievalSet(seed, Split.VALIDATION, clips).clips();
        for (Subject clip : this.clips) {
            shown.add(
                    WorldContent.of(
                            Source.CLIP, clip.render(frames, size), LessonMaker.CLIP_SECONDS));
        }
    }

    /**
     * Examines.
     *
     * @return by name: {@code recall_1_layer_*} of text to video, {@code match_*} right verdicts,
     *     {@code answers} whose first word is right, {@code caption_words} right words, each a part
     *     of 1
     */
    public Map<String, Double> run() throws ModelException, EngineException {
        Map<String, Double> results = new LinkedHashMap<>();
        retrieval(results);
        for (Difficulty difficulty : Difficulty.values()) {
            String name = "match_" + difficulty.name().toLowerCase(Locale.ROOT);
            results.put(name, verdicts(difficulty));
        }
        results.put("answers", answers());
        results.put("caption_words", captions());
        return results;
    }

    private void retrieval(Map<String, Double> results) throws ModelException, EngineException {
        List<PreparedSequence> queries = new ArrayList<>();
        List<PreparedSequence> documents = new ArrayList<>();
        for (int i = 0; i < clips.size(); i++) {
            Content text = new Content.Text(clips.get(i).caption(Style.SHORT, i));
            queries.add(model.prepare(new EmbedInput(List.of(text), EmbedInput.Role.QUERY, null)));
            documents.add(
                    model.prepare(
                            new EmbedInput(List.of(shown.get(i)), EmbedInput.Role.DOCUMENT, null)));
        }
        for (int layer = network.layers() / 2 + 1; layer <= network.layers(); layer++) {
            ReadoutPlan plan = ReadoutPlan.state(layer, ReadoutPlan.Pooling.LAST);
            results.put(
                    "recall_1_layer_" + layer,
                    Recall.atOne(states(read(queries, plan)), states(read(documents, plan))));
        }
    }

    private double verdicts(Difficulty difficulty) throws ModelException, EngineException {
        List<PreparedSequence> prompts = new ArrayList<>();
        for (int i = 0; i < clips.size(); i++) {
            for (String text :
                    List.of(
                            clips.get(i).truth(difficulty, i),
                            clips.get(i).falsehood(difficulty, i))) {
                Content query = new Content.Text(text);
                prompts.add(model.prepareMatch(List.of(query), shown.get(i)));
            }
        }
        ReadoutPlan plan =
                new ReadoutPlan(network.layers(), ReadoutPlan.Pooling.LAST, model.yesAndNo());
        int right = 0;
        List<Readout> readouts = read(prompts, plan);
        for (int i = 0; i < readouts.size(); i++) {
            float[] logits = readouts.get(i).logits();
            boolean truth = i % 2 == 0;
            right += logits[0] > logits[1] == truth ? 1 : 0;
        }
        return (double) right / readouts.size();
    }

    private double answers() throws ModelException, EngineException {
        List<PreparedSequence> prompts = new ArrayList<>();
        List<Long> expected = new ArrayList<>();
        for (int i = 0; i < clips.size(); i++) {
            List<Question> all = clips.get(i).questions(i);
            // another one of each clip
            for (int k = 0; k < QUESTIONS; k++) {
                Question question = all.get((i + k * all.size() / QUESTIONS) % all.size());
                Content text = new Content.Text(question.text());
                prompts.add(model.prepareChat(List.of(shown.get(i), text)));
                expected.add(model.tokens(question.answer())[0]);
            }
        }
        int right = 0;
        List<Readout> readouts = read(prompts, ReadoutPlan.nextToken(network.layers()));
        for (int i = 0; i < readouts.size(); i++) {
            right += likeliest(readouts.get(i).logits()) == expected.get(i) ? 1 : 0;
        }
        return (double) right / readouts.size();
    }

    private static long likeliest(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            best = logits[i] > logits[best] ? i : best;
        }
        return best;
    }

    private double captions() throws ModelException, EngineException {
        List<PreparedSequence> prompts = new ArrayList<>();
        Content request = new Content.Text(CaptionRequest.of(Source.CLIP, Style.SHORT));
        for (Content clip : shown) {
            prompts.add(model.prepareChat(List.of(clip, request)));
        }
        int right = 0;
        int all = 0;
        for (int at = 0; at < prompts.size(); at += GROUP) {
            List<Generation> texts =
                    model.generator()
                            .generate(
                                    prompts.subList(at, Math.min(at + GROUP, prompts.size())),
                                    GenerationOptions.greedy(MOST_TOKENS),
                                    GenerationListener.NONE);
            for (int i = 0; i < texts.size(); i++) {
                SpokenWords.Score score = SpokenWords.of(clips.get(at + i), texts.get(i).text());
                right += score.right();
                all += score.all();
            }
        }
        return (double) right / all;
    }

    private List<Readout> read(List<PreparedSequence> prompts, ReadoutPlan plan)
            throws EngineException {
        List<Readout> all = new ArrayList<>();
        for (int at = 0; at < prompts.size(); at += GROUP) {
            all.addAll(
                    network.read(prompts.subList(at, Math.min(at + GROUP, prompts.size())), plan));
        }
        return all;
    }

    private static List<float[]> states(List<Readout> readouts) {
        return readouts.stream().map(Readout::state).toList();
    }
}

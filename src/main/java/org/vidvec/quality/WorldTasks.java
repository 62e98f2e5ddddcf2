package org.vidvec.quality;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vidvec.datasets.Medium;
import org.vidvec.media.Frame;
import org.vidvec.media.MediaException;
import org.vidvec.media.Sampling;
import org.vidvec.model.Content;
import org.vidvec.world.FrameSize;
import org.vidvec.world.Frames;
import org.vidvec.world.Question;
import org.vidvec.world.RetrievalSet;
import org.vidvec.world.Source;
import org.vidvec.world.Split;
import org.vidvec.world.StorySubject;
import org.vidvec.world.Style;
import org.vidvec.world.Subject;
import org.vidvec.world.WorldSamples;

/**
 * A generated counterpart of each family of MMEB-V2, out of the world's test split, with the
 * instructions of VLM2Vec-V2 (§3.3) where it tells them.
 */
final class WorldTasks {

    private static final long WORDING = 0;
    private static final int OPTIONS = 10;
    private static final String UNDERSTAND_VIDEO = "Understand the content of the provided video.";
    private static final String REPRESENT_IMAGE = "Represent the given image.";
    private static final String BACKGROUND = "colour is the background|colour does the background";
    private static final String CAMERA = "what does the camera do";

    private final long seed;
    private final int n;
    private final FrameSize size;
    private final Sampling sampling;
    private final WorldSamples samples;

    /**
     * @param n queries of each task
     */
    WorldTasks(long seed, int n, FrameSize size, Sampling sampling) {
        this.seed = seed;
        this.n = n;
        this.size = size;
        this.sampling = sampling;
        this.samples = new WorldSamples(seed, Split.TEST, 1, size);
    }

    /** By meta-task. */
    RankTask task(String metaTask) throws MediaException {
        List<Subject> images = subjects(Source.IMAGE, n);
        return switch (metaTask) {
            case "image-classification" ->
                    classified(images, Medium.Kind.IMAGE, BACKGROUND, "Identify the background.");
            case "image-qa" -> asked(images, Medium.Kind.IMAGE);
            case "image-retrieval" ->
                    found(
                            images,
                            Medium.Kind.IMAGE,
                            Style.DENSE,
                            REPRESENT_IMAGE,
                            "Find me an image that matches the given caption:");
            case "image-grounding" -> grounded(subjects(Source.IMAGE, (n + 3) / 4 * 4));
            case "video-classification" ->
                    classified(
                            clips(), Medium.Kind.VIDEO, CAMERA, "Recognize what the camera does.");
            case "video-qa" -> asked(clips(), Medium.Kind.VIDEO);
            case "video-retrieval" ->
                    found(
                            clips(),
                            Medium.Kind.VIDEO,
                            Style.SHORT,
                            UNDERSTAND_VIDEO,
                            "Find a video that contains the following visual content:");
            case "moment-retrieval" -> moments();
            default ->
                    found(
                            subjects(Source.PAGE, n),
                            Medium.Kind.IMAGE,
                            Style.SHORT,
                            REPRESENT_IMAGE,
                            "Find a document image that matches the given query:");
        };
    }

    private List<Subject> subjects(Source source, int many) {
        Map<String, Subject> different = new LinkedHashMap<>();
        for (long i = 0; different.size() < many; i++) {
            Subject subject = samples.subject(source, i);
            different.putIfAbsent(subject.canonical(), subject);
        }
        return List.copyOf(different.values());
    }

    private List<Subject> clips() {
        return new RetrievalSet(seed, Split.TEST, n).clips();
    }

    private List<Side> sides(List<Subject> subjects, Medium.Kind kind) throws MediaException {
        List<Side> sides = new ArrayList<>();
        WorldShelf shelf = shelf(subjects);
        for (int i = 0; i < subjects.size(); i++) {
            sides.add(Side.of(shelf, new Medium(String.valueOf(i), kind, null, null)));
        }
        return sides;
    }

    private WorldShelf shelf(List<Subject> subjects) {
        Map<String, Subject> byId = new LinkedHashMap<>();
        subjects.forEach(s -> byId.put(String.valueOf(byId.size()), s));
        String name = "tasks|" + seed + "|" + size.width() + "x" + size.height();
        return new WorldShelf(name, byId, size, sampling);
    }

    /** The answers of all to one question are the labels. */
    private RankTask classified(
            List<Subject> subjects, Medium.Kind kind, String question, String instruction)
            throws MediaException {
        List<String> answers = new ArrayList<>();
        for (Subject subject : subjects) {
            answers.add(
                    subject.questions(WORDING).stream()
                            .filter(q -> q.text().matches(".*(" + question + ").*"))
                            .findFirst()
                            .orElseThrow()
                            .answer());
        }
        List<String> labels = List.copyOf(new LinkedHashSet<>(answers));
        List<Side> media = sides(subjects, kind);
        List<RankTask.Query> queries = new ArrayList<>();
        for (int i = 0; i < media.size(); i++) {
            int label = labels.indexOf(answers.get(i));
            queries.add(new RankTask.Query(media.get(i), List.of(), Map.of(label, 1)));
        }
        return new RankTask(instruction, "", labels.stream().map(Side::of).toList(), queries);
    }

    /** A question about each; its answer among those of other questions. */
    private RankTask asked(List<Subject> subjects, Medium.Kind kind) throws MediaException {
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i++) {
            List<Question> all = subjects.get(i).questions(WORDING);
            questions.add(all.get(i % all.size()));
        }
        List<String> answers =
                List.copyOf(new LinkedHashSet<>(questions.stream().map(Question::answer).toList()));
        List<Side> media = sides(subjects, kind);
        List<RankTask.Query> queries = new ArrayList<>();
        for (int i = 0; i < media.size(); i++) {
            int right = answers.indexOf(questions.get(i).answer());
            Set<Integer> among = new LinkedHashSet<>(Set.of(right));
            for (int k = 1; k < Math.min(OPTIONS, answers.size()); k++) {
                among.add((right + k) % answers.size());
            }
            Side query = media.get(i).with(questions.get(i).text());
            queries.add(new RankTask.Query(query, List.copyOf(among), Map.of(right, 1)));
        }
        return new RankTask(
                "Represent the given content with the following question:",
                "",
                answers.stream().map(Side::of).toList(),
                queries);
    }

    /** Each is found by its caption among all. */
    private RankTask found(
            List<Subject> subjects,
            Medium.Kind kind,
            Style style,
            String target,
            String instruction)
            throws MediaException {
        List<RankTask.Query> queries = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i++) {
            Side caption = Side.of(subjects.get(i).caption(style, WORDING));
            queries.add(new RankTask.Query(caption, List.of(), Map.of(i, 1)));
        }
        return new RankTask(instruction, target, sides(subjects, kind), queries);
    }

    /** Four pictures make one; the caption of one of them asks for its quarter. */
    private RankTask grounded(List<Subject> subjects) throws MediaException {
        List<Side> quarters = sides(subjects, Medium.Kind.IMAGE);
        List<RankTask.Query> queries = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i += 4) {
            List<Subject> four = subjects.subList(i, i + 4);
            Side whole =
                    new Side(
                            "four|" + four.stream().map(Subject::canonical).toList(),
                            () -> List.of(new Content.Image(together(four))));
            for (int k = 0; k < 4 && queries.size() < n; k++) {
                Side query = whole.with(four.get(k).caption(Style.DENSE, WORDING));
                List<Integer> among = List.of(i, i + 1, i + 2, i + 3);
                queries.add(new RankTask.Query(query, among, Map.of(i + k, 1)));
            }
        }
        return new RankTask(
                "Select the portion of the image that follows the language expressions:",
                "Represent the given cropped image of the object.",
                quarters,
                queries);
    }

    private Frame together(List<Subject> four) {
        int width = size.width();
        int height = size.height();
        byte[] rgb = new byte[4 * 3 * width * height];
        for (int k = 0; k < 4; k++) {
            Frames one = four.get(k).render(1, size);
            for (int y = 0; y < height; y++) {
                int row = (k / 2 * height + y) * 2 * width + k % 2 * width;
                System.arraycopy(one.rgb(), 3 * y * width, rgb, 3 * row, 3 * width);
            }
        }
        return new Frame(0, 2 * width, 2 * height, rgb);
    }

    /** An event of a long video among the stretches of its other events (about ten candidates). */
    private RankTask moments() throws MediaException {
        List<Side> candidates = new ArrayList<>();
        List<RankTask.Query> queries = new ArrayList<>();
        for (long i = 0; queries.size() < n; i++) {
            StorySubject story = (StorySubject) samples.subject(Source.STORY, i);
            WorldShelf shelf = shelf(List.of(story));
            List<Integer> among = new ArrayList<>();
            for (var event : story.story().events()) {
                among.add(candidates.size());
                String key =
                        "moment|" + event.start() + "|" + event.end() + "|" + story.canonical();
                candidates.add(
                        new Side(
                                key + "|" + sampling + "|" + size,
                                () -> List.of(shelf.part(story, event.start(), event.end()))));
            }
            for (int e = 0; e < among.size() && queries.size() < n; e++) {
                Side query = Side.of(story.eventCaption(e, WORDING));
                queries.add(new RankTask.Query(query, among, Map.of(among.get(e), 1)));
            }
        }
        return new RankTask(
                "Find the clip that corresponds to the described scene in the given video:",
                UNDERSTAND_VIDEO,
                candidates,
                queries);
    }
}

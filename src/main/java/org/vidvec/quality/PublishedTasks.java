package org.vidvec.quality;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.vidvec.datasets.BadLines;
import org.vidvec.datasets.Caption;
import org.vidvec.datasets.ChoiceRows;
import org.vidvec.datasets.ClipChoices;
import org.vidvec.datasets.DatasetException;
import org.vidvec.datasets.Datasets;
import org.vidvec.datasets.LabelledSet;
import org.vidvec.datasets.Medium;
import org.vidvec.datasets.Span;
import org.vidvec.media.MediaException;

/**
 * Tasks of MMEB-V2 out of a folder with a sub-folder for each, of the task's name: {@code
 * test.jsonl} with MMEB's columns, or, of retrieval, a set in any layout that {@link Datasets}
 * reads.
 */
final class PublishedTasks {

    private static final String ROWS = "test.jsonl";
    private static final String COLUMN = "\"tgt_";
    private static final String UNDERSTAND_VIDEO = "Understand the content of the provided video.";
    private static final String CHARADES = "Charades-STA";

    /** Segments that are no shorter part of their video are not asked for (App. A.3.2). */
    private static final double CHARADES_PART = 1 / 3.;

    private final Path folder;
    private final Shelf shelf;
    private final BadLines.Policy bad;
    private final long seed;
    private final List<String> notes = new ArrayList<>();

    /**
     * @param seed of clips that are drawn beside moments
     */
    PublishedTasks(Path folder, Shelf shelf, BadLines.Policy bad, long seed) {
        this.folder = folder;
        this.shelf = shelf;
        this.bad = bad;
        this.seed = seed;
    }

    /** What was left out, one message each. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    boolean has(MmebTask task) {
        return Files.isDirectory(folder.resolve(task.name()));
    }

    /**
     * Opens a task.
     *
     * @param limit queries that are used; 0 for all
     * @throws QualityException if its data can't be read, or nothing of it is there
     */
    RankTask open(MmebTask task, int limit) throws QualityException, MediaException {
        Path place = folder.resolve(task.name());
        Path rows = place.resolve(ROWS);
        try {
            RankTask opened =
                    Files.exists(rows) && Files.readString(rows).contains(COLUMN)
                            ? choices(task, rows, limit)
                            : retrieval(task, place, limit);
            if (opened.queries().isEmpty()) {
                throw new QualityException(
                        "task ["
                                + task.name()
                                + "]: nothing can be ranked, ["
                                + place
                                + "] has no "
                                + (isMoments(task) ? "moments " : "captions ")
                                + "of media that are there; "
                                + notes);
            }
            return opened;
        } catch (DatasetException e) {
            throw new QualityException("task [" + task.name() + "]: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new QualityException("can't read [" + rows + "]: " + e, e);
        }
    }

    private RankTask choices(MmebTask task, Path file, int limit)
            throws DatasetException, QualityException, MediaException {
        ChoiceRows.Read read = ChoiceRows.read(file, folder, bad);
        read.skipped().forEach(line -> notes.add(task.name() + ": " + line));
        if (read.missing().isEmpty() == false) {
            notes.add(
                    task.name()
                            + ": rows left out, ["
                            + read.missing().size()
                            + "] files are missing, beginning with ["
                            + read.missing().get(0)
                            + "]");
        }
        if (read.rows().isEmpty()) {
            throw new QualityException(
                    "task [" + task.name() + "] has no row that can be used; " + notes);
        }
        Map<String, Integer> places = new LinkedHashMap<>();
        List<Side> pool = new ArrayList<>();
        List<RankTask.Query> queries = new ArrayList<>();
        long most = limit == 0 ? Long.MAX_VALUE : limit;
        for (ChoiceRows.Row row : read.rows().stream().limit(most).toList()) {
            List<Integer> among = new ArrayList<>();
            for (ChoiceRows.Part part : row.candidates()) {
                among.add(place(side(part), places, pool));
            }
            Map<Integer, Integer> right = new LinkedHashMap<>();
            row.right().forEach(place -> right.put(among.get(place), 1));
            queries.add(
                    new RankTask.Query(
                            side(row.query()), among.stream().distinct().toList(), right));
        }
        // MMEB's texts bring their instructions
        return new RankTask("", "", pool, queries);
    }

    private Side side(ChoiceRows.Part part) throws MediaException {
        if (part.medium() == null) {
            return Side.of(part.text());
        }
        Side side = Side.of(shelf, part.medium());
        return part.text().isEmpty() ? side : side.with(part.text());
    }

    private RankTask retrieval(MmebTask task, Path place, int limit)
            throws DatasetException, QualityException, MediaException {
        if (isRetrieval(task) == false) {
            throw new QualityException(
                    "task ["
                            + task.name()
                            + "] needs ["
                            + ROWS
                            + "] with targets [tgt_text], [tgt_img_path] or [tgt_video_path]; ["
                            + place
                            + "] has none");
        }
        LabelledSet set = Datasets.read(new Datasets.Order(place, null, null, "test", bad));
        set.skipped().forEach(line -> notes.add(task.name() + ": " + line));
        if (set.missing().isEmpty() == false) {
            notes.add(task.name() + ": [" + set.missing().size() + "] media are missing");
        }
        return isMoments(task) ? moments(task, set, limit) : described(task, set, limit);
    }

    /** Captions find their media; the other way around, and all else, needs rows. */
    private static boolean isRetrieval(MmebTask task) {
        boolean captioned = task.metaTask().endsWith("retrieval") || isDocuments(task);
        return captioned && task.name().endsWith("_i2t") == false;
    }

    private static boolean isMoments(MmebTask task) {
        return task.metaTask().equals("moment-retrieval");
    }

    private static boolean isDocuments(MmebTask task) {
        return task.modality().equals("visdoc");
    }

    /** M-22: a text with all of its video finds its stretches among other clips of that video. */
    private RankTask moments(MmebTask task, LabelledSet set, int limit) throws MediaException {
        double most = task.name().equals(CHARADES) ? CHARADES_PART : 1;
        List<ClipChoices> choices = ClipChoices.of(set, most, seed);
        int left = set.moments().size() - choices.size();
        if (left > 0) {
            notes.add(
                    String.format(
                            Locale.ROOT,
                            "%s: [%d] of [%d] moments, each [%.2f] of its video or longer, or without"
                                    + " another clip in it",
                            task.name(),
                            left,
                            set.moments().size(),
                            most));
        }
        Map<String, Medium> media = new LinkedHashMap<>();
        set.media().forEach(m -> media.put(m.id(), m));
        Map<String, Integer> places = new LinkedHashMap<>();
        List<Side> pool = new ArrayList<>();
        List<RankTask.Query> queries = new ArrayList<>();
        long count = limit == 0 ? Long.MAX_VALUE : limit;
        for (ClipChoices one : choices.stream().limit(count).toList()) {
            Medium video = media.get(one.moment().medium());
            List<Span> clips = new ArrayList<>(one.right());
            clips.addAll(one.wrong());
            List<Integer> among = new ArrayList<>();
            for (Span clip : clips) {
                among.add(place(Side.of(shelf, part(video, clip)), places, pool));
            }
            Map<Integer, Integer> right = new LinkedHashMap<>();
            among.subList(0, one.right().size()).forEach(place -> right.put(place, 1));
            Side query = Side.of(shelf, video).with(one.moment().text());
            queries.add(new RankTask.Query(query, among.stream().distinct().toList(), right));
        }
        return new RankTask(
                "Find the clip that corresponds to the described scene in the given video:",
                UNDERSTAND_VIDEO,
                pool,
                queries);
    }

    private static Medium part(Medium video, Span clip) {
        return new Medium(video.id(), video.kind(), video.file(), clip);
    }

    /** Of candidates that several queries have there is one. */
    private static int place(Side side, Map<String, Integer> places, List<Side> pool) {
        if (places.putIfAbsent(side.key(), pool.size()) == null) {
            pool.add(side);
        }
        return places.get(side.key());
    }

    private RankTask described(MmebTask task, LabelledSet set, int limit) throws MediaException {
        Map<String, Integer> places = new LinkedHashMap<>();
        List<Side> pool = new ArrayList<>();
        for (Medium medium : set.media()) {
            places.put(medium.id(), pool.size());
            pool.add(Side.of(shelf, medium));
        }
        List<RankTask.Query> queries = new ArrayList<>();
        long most = limit == 0 ? Long.MAX_VALUE : limit;
        // one caption for each video: M-21
        List<Caption> captions =
                task.modality().equals("video") ? set.firstCaptions().captions() : set.captions();
        for (Caption caption : captions.stream().limit(most).toList()) {
            Map<Integer, Integer> right = new LinkedHashMap<>();
            caption.media().forEach((id, grade) -> right.put(places.get(id), grade));
            queries.add(new RankTask.Query(Side.of(caption.text()), List.of(), right));
        }
        return switch (task.modality()) {
            case "video" ->
                    new RankTask(
                            "Find a video that contains the following visual content:",
                            UNDERSTAND_VIDEO,
                            pool,
                            queries);
            case "image" ->
                    new RankTask(
                            "Find me an image that matches the given caption:",
                            "Represent the given image.",
                            pool,
                            queries);
            default ->
                    new RankTask(
                            "Find a document image that matches the given query:",
                            "Understand the content of the provided document image.",
                            pool,
                            queries);
        };
    }
}

package org.vidvec.quality;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vidvec.datasets.BadLines;
import org.vidvec.datasets.Caption;
import org.vidvec.datasets.ChoiceRows;
import org.vidvec.datasets.DatasetException;
import org.vidvec.datasets.Datasets;
import org.vidvec.datasets.LabelledSet;
import org.vidvec.datasets.Medium;
import org.vidvec.media.MediaException;

/**
 * Tasks of MMEB-V2 out of a folder with a sub-folder for each, of the task's name: {@code
 * test.jsonl} with MMEB's columns, or a retrieval set in any layout that {@link Datasets} reads.
 */
final class PublishedTasks {

    private static final String ROWS = "test.jsonl";
    private static final String COLUMN = "\"tgt_";

    private final Path folder;
    private final Shelf shelf;
    private final BadLines.Policy bad;
    private final List<String> notes = new ArrayList<>();

    PublishedTasks(Path folder, Shelf shelf, BadLines.Policy bad) {
        this.folder = folder;
        this.shelf = shelf;
        this.bad = bad;
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
            return Files.exists(rows) && Files.readString(rows).contains(COLUMN)
                    ? choices(task, rows, limit)
                    : retrieval(task, place, limit);
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
                Side side = side(part);
                if (places.putIfAbsent(side.key(), pool.size()) == null) {
                    pool.add(side);
                }
                among.add(places.get(side.key()));
            }
            int right = among.get(row.right());
            queries.add(
                    new RankTask.Query(
                            side(row.query()),
                            among.stream().distinct().toList(),
                            Map.of(right, 1)));
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
            throws DatasetException, MediaException {
        LabelledSet set = Datasets.read(new Datasets.Order(place, null, null, "test", bad));
        set.skipped().forEach(line -> notes.add(task.name() + ": " + line));
        if (set.missing().isEmpty() == false) {
            notes.add(task.name() + ": [" + set.missing().size() + "] media are missing");
        }
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
        String target =
                task.modality().equals("video")
                        ? "Understand the content of the provided video."
                        : "Understand the content of the provided document image.";
        String query =
                task.modality().equals("video")
                        ? "Find a video that contains the following visual content:"
                        : "Find a document image that matches the given query:";
        return new RankTask(query, target, pool, queries);
    }
}

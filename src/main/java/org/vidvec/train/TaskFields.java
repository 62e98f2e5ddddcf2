package org.vidvec.train;

import java.nio.file.Path;
import java.util.List;

/** Reads what a task is: {@code data}, {@code loss}, {@code batch} and {@code weight}. */
final class TaskFields {

    private final RunFields task;
    private final Path folder;

    /**
     * @param task the object that holds them, which may hold more
     * @param folder that paths are relative to
     */
    TaskFields(RunFields task, Path folder) {
        this.task = task;
        this.folder = folder;
    }

    /**
     * @param batch the object that holds the sizes, which may hold more
     */
    TaskSpec read(RunFields batch) {
        if (task.isList("data") == false && task.object("data").has("world")) {
            return LessonFields.read(task, batch);
        }
        return new TaskSpec.Pairs(
                task.objects("data").stream().map(this::pairs).toList(),
                pairLoss(task.object("loss")),
                batch(batch),
                task.number("weight", 1., 0));
    }

    private PairSource pairs(RunFields data) {
        PairSource source =
                new PairSource(
                        folder.resolve(data.text("pairs", null)).normalize(),
                        data.text("query", "query"),
                        data.text("target", "target"),
                        instruction(data, "query_instruction"),
                        instruction(data, "target_instruction"),
                        data.number("weight", 1., 1e-9),
                        data.word("bad_lines", "fail", List.of("fail", "skip")).equals("skip"));
        data.refuseOthers();
        return source;
    }

    private static String instruction(RunFields data, String field) {
        return data.has(field) ? data.text(field, null) : null;
    }

    private static PairLoss pairLoss(RunFields loss) {
        String name = loss.word("name", null, List.of("info_nce", "dual_softmax"));
        boolean symmetric = loss.flag("symmetric", true);
        PairLoss read;
        if (name.equals("info_nce")) {
            read = new PairLoss.InfoNce(loss.number("tau", 0.02, 1e-4), symmetric);
        } else {
            DualSoftmax constants =
                    new DualSoftmax(
                            loss.number("temperature", 1., 0),
                            loss.number("scale", 100., 0),
                            loss.number("factor", 1., 0));
            read = new PairLoss.Dual(constants, symmetric);
        }
        loss.refuseOthers();
        return read;
    }

    private static TaskSpec.Batch batch(RunFields batch) {
        int size = batch.whole("size", 32, 2);
        TaskSpec.Batch read =
                new TaskSpec.Batch(
                        size, batch.whole("sub_batch", size, 1), batch.whole("chunk", 0, 0));
        if (size % read.sub() != 0) {
            throw new IllegalArgumentException(
                    "[batch.size] is ["
                            + size
                            + "]; it must be a multiple of [batch.sub_batch], ["
                            + read.sub()
                            + "]");
        }
        return read;
    }
}

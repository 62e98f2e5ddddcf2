package org.vidvec.train;

import java.nio.file.Path;
import java.util.List;
import org.vidvec.samples.MomentOrigin;
import org.vidvec.samples.PairOrigin;
import org.vidvec.world.FrameSize;

/** Reads what a task is: {@code data}, {@code loss}, {@code batch} and {@code weight}. */
final class TaskFields {

    private static final String MOMENTS = "moments";
    private static final String MIXED = "mixed";
    private static final String CAPTIONS = "vill_e";

    /** 8 frames of 720p take 22 MB. */
    private static final int READ_AHEAD = 32;

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
        if (task.isList("data") == false && task.object("data").has(MOMENTS)) {
            return moments(batch);
        }
        if (task.isList("data") == false && task.object("data").has(MIXED)) {
            return flagged(batch);
        }
        List<PairOrigin> data =
                task.objects("data").stream()
                        .map(fields -> new OriginFields(fields, folder).read())
                        .toList();
        RunFields loss = task.object("loss");
        String name = loss.word("name", null, List.of("info_nce", "dual_softmax", CAPTIONS));
        if (name.equals("info_nce") == false && data.stream().anyMatch(PairOrigin::hasNegatives)) {
            throw new IllegalArgumentException(
                    "[data.negatives] need the loss [info_nce], not ["
                            + name
                            + "]; remove them, or change [loss.name]");
        }
        TaskSpec read =
                name.equals(CAPTIONS)
                        ? captions(data, loss, batch)
                        : new TaskSpec.Pairs(data, pairLoss(loss, name), batch(batch), weight());
        loss.refuseOthers();
        return read;
    }

    private double weight() {
        return task.number("weight", 1., 0);
    }

    private TaskSpec captions(List<PairOrigin> data, RunFields loss, RunFields batch) {
        PairLoss near =
                new PairLoss.InfoNce(loss.number("tau", 0.02, 1e-4), loss.flag("symmetric", false));
        double caption = loss.number("caption", 1., 0);
        double contrastive = loss.number("contrastive", 1., 0);
        if (caption == 0 && contrastive == 0) {
            throw new IllegalArgumentException(
                    "[loss.caption] and [loss.contrastive] are both [0]; there is nothing to learn");
        }
        int tokens = loss.whole("tokens", 0, 0);
        double written = loss.share("written", 0);
        return new TaskSpec.Captions(
                data, near, caption, contrastive, tokens, written, batch(batch), weight());
    }

    private TaskSpec flagged(RunFields batch) {
        RunFields data = task.object("data");
        RunFields mixed = data.object(MIXED);
        data.refuseOthers();
        RunFields loss = task.object("loss");
        loss.word("name", null, List.of("multi_task"));
        TaskSpec.Captions captions = (TaskSpec.Captions) captions(List.of(), loss, batch);
        TaskSpec read =
                new TaskSpec.Flagged(
                        new FlaggedFields(mixed, folder).read(),
                        captions,
                        OriginFields.instruction(mixed, "query_instruction"),
                        OriginFields.instruction(mixed, "target_instruction"),
                        loss.number("qa", 1., 0),
                        loss.number("match", 1., 0),
                        loss.number("localization", 1., 0),
                        captions.batch(),
                        captions.weight());
        mixed.refuseOthers();
        loss.refuseOthers();
        return read;
    }

    private TaskSpec moments(RunFields batch) {
        RunFields data = task.object("data");
        RunFields moments = data.object(MOMENTS);
        data.refuseOthers();
        RunFields loss = task.object("loss");
        loss.word("name", null, List.of("localization"));
        TaskSpec read =
                new TaskSpec.Moments(
                        origin(moments),
                        loss.number("tau", 0.02, 1e-4),
                        OriginFields.instruction(moments, "query_instruction"),
                        OriginFields.instruction(moments, "target_instruction"),
                        batch(batch),
                        weight());
        moments.refuseOthers();
        loss.refuseOthers();
        return read;
    }

    private MomentOrigin origin(RunFields moments) {
        int frames = moments.whole("frames", 8, 1);
        if (moments.has("set")) {
            return new MomentOrigin.Labelled(
                    OriginFields.files(moments, folder), frames, OriginFields.windows(moments));
        }
        int side = moments.whole("size", 84, FrameSize.LEAST);
        return new MomentOrigin.Generated(
                moments.whole("seed", 1, 0), frames, new FrameSize(side, side));
    }

    private static PairLoss pairLoss(RunFields loss, String name) {
        boolean symmetric = loss.flag("symmetric", true);
        if (name.equals("info_nce")) {
            return new PairLoss.InfoNce(loss.number("tau", 0.02, 1e-4), symmetric);
        }
        DualSoftmax constants =
                new DualSoftmax(
                        loss.number("temperature", 1., 0),
                        loss.number("scale", 100., 0),
                        loss.number("factor", 1., 0));
        return new PairLoss.Dual(constants, symmetric);
    }

    private static TaskSpec.Batch batch(RunFields batch) {
        int size = batch.whole("size", 32, 2);
        TaskSpec.Batch read =
                new TaskSpec.Batch(
                        size,
                        batch.whole("sub_batch", size, 1),
                        batch.whole("chunk", 0, 0),
                        batch.whole("max_tokens", 0, 0),
                        batch.whole("read_ahead", Math.min(size, READ_AHEAD), 0));
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

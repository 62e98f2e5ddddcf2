package org.vidvec.media;

import java.io.IOException;

/**
 * What drawing a document may still cost. PDFBox goes on after most failures, so the first refusal
 * is kept here and thrown again at every later question.
 */
final class PdfBudget implements AutoCloseable {

    private static final ThreadLocal<PdfBudget> CURRENT = new ThreadLocal<>();

    private final String name;
    private final long maxBytes;
    private final Deadline deadline;
    private long bytes;
    private MediaException refusal;

    /** An answer to {@link #spend}: carries the refusal through PDFBox. */
    static final class Spent extends IOException {
        private static final long serialVersionUID = 1L;

        private Spent(MediaException refusal) {
            super(refusal);
        }
    }

    /** The same from where no other exception can be thrown. */
    static final class Over extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Over(Spent cause) {
            super(cause);
        }
    }

    /** Holds for this thread until it is closed. */
    PdfBudget(String name, MediaLimits limits) {
        this.name = name;
        this.maxBytes = limits.maxMemory();
        this.deadline = new Deadline(name, limits.timeout());
        CURRENT.set(this);
    }

    /**
     * The budget of the document that this thread draws.
     *
     * @throws IOException if it draws none
     */
    static PdfBudget current() throws IOException {
        PdfBudget budget = CURRENT.get();
        if (budget == null) {
            throw new IOException("no document is being drawn");
        }
        return budget;
    }

    /**
     * @param more bytes of heap that are about to be taken
     * @throws Spent if that is more than allowed, or the time is up
     */
    void spend(long more) throws Spent {
        checkTime();
        bytes += more;
        if (bytes > maxBytes) {
            refuse(
                    Refusals.overLimit(
                            "a page of [" + name + "] unpacks to more bytes",
                            maxBytes + "",
                            "vidvec.media.max_memory",
                            "simplify it"));
        }
    }

    /** Of the document, for messages. */
    String name() {
        return name;
    }

    /** Bytes that are left. */
    long left() {
        return Math.max(0, maxBytes - bytes);
    }

    /** Does what is somebody else's: the time that it takes does not count. */
    void without(Runnable work) {
        deadline.without(work);
    }

    /** What is spent so far, for {@link #backTo}. */
    long mark() {
        return bytes;
    }

    /** What was spent since then is free again. */
    void backTo(long mark) {
        bytes = mark;
    }

    /**
     * @throws Spent if the time is up or anything was refused before
     */
    void checkTime() throws Spent {
        if (refusal != null) {
            throw new Spent(refusal);
        }
        try {
            deadline.check();
        } catch (MediaException e) {
            refuse(e);
        }
    }

    /**
     * @throws Over as {@link #checkTime}
     */
    void checkTimeUnchecked() {
        try {
            checkTime();
        } catch (Spent e) {
            throw new Over(e);
        }
    }

    /**
     * @param nanos that a call takes which can't be stopped
     * @throws Spent if there is less time left
     */
    void spendTime(double nanos) throws Spent {
        checkTime();
        if (nanos > deadline.leftNanos()) {
            refuse(deadline.refusal());
        }
    }

    /**
     * Keeps a refusal of what is in the document.
     *
     * @throws Spent always
     */
    void refuse(MediaException e) throws Spent {
        refusal = e;
        throw new Spent(e);
    }

    /** The file itself can't be read any more. */
    Spent unreadable(IOException cause) {
        refusal = Refusals.unreadable(name, cause);
        return new Spent(refusal);
    }

    /** Why something was refused, or null. */
    MediaException refusal() {
        return refusal;
    }

    @Override
    public void close() {
        CURRENT.remove();
    }
}

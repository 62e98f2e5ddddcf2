package org.vidvec.media;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadView;

/** The bytes of a {@link MediaSource} as PDFBox reads them: in blocks, a few of which are kept. */
final class PdfBytes implements RandomAccessRead {

    private static final int BLOCK_BYTES = 64 << 10;
    private static final int MOST_BLOCKS = 64;

    private final MediaSource source;
    private final PdfBudget budget;
    private final Map<Long, byte[]> blocks = new LinkedHashMap<>(MOST_BLOCKS, 0.75f, true);
    private long position;
    private boolean closed;

    PdfBytes(MediaSource source, PdfBudget budget) {
        this.source = source;
        this.budget = budget;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        budget.checkTime();
        if (position >= source.size()) {
            return -1;
        }
        byte[] block = block(position / BLOCK_BYTES);
        int at = (int) (position % BLOCK_BYTES);
        int n = Math.min(length, block.length - at);
        if (n <= 0) {
            return length == 0 ? 0 : -1;
        }
        System.arraycopy(block, at, target, offset, n);
        position += n;
        return n;
    }

    private byte[] block(long number) throws IOException {
        byte[] known = blocks.get(number);
        if (known != null) {
            return known;
        }
        long start = number * BLOCK_BYTES;
        byte[] block = new byte[(int) Math.min(BLOCK_BYTES, source.size() - start)];
        for (int n = 0; n < block.length; ) {
            n += read(start + n, block, n);
        }
        if (blocks.size() == MOST_BLOCKS) {
            blocks.remove(blocks.keySet().iterator().next());
        }
        blocks.put(number, block);
        return block;
    }

    private int read(long from, byte[] block, int offset) throws IOException {
        try {
            int n = source.read(from, block, offset, block.length - offset);
            if (n < 0) {
                throw new IOException("it ends at byte [" + from + "]");
            }
            return n;
        } catch (IOException e) {
            throw budget.unreadable(e);
        }
    }

    @Override
    public long getPosition() {
        return position;
    }

    @Override
    public void seek(long to) throws IOException {
        if (to < 0) {
            throw new IOException("position [" + to + "]");
        }
        position = Math.min(to, source.size());
    }

    @Override
    public long length() {
        return source.size();
    }

    @Override
    public boolean isEOF() {
        return position >= source.size();
    }

    @Override
    public RandomAccessReadView createView(long start, long length) throws IOException {
        return new RandomAccessReadView(this, start, length);
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    /** The source stays open: it is its owner's. */
    @Override
    public void close() {
        closed = true;
    }
}

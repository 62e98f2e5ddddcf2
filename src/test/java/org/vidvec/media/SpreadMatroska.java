package org.vidvec.media;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A real Matroska whose blocks lie far apart in gigabytes of void, with cues at its end (RFC 9559).
 */
public final class SpreadMatroska {

    private static final int EBML = 0x1A45DFA3;
    private static final int SEGMENT = 0x18538067;
    private static final int SEEK_HEAD = 0x114D9B74;
    private static final int SEEK = 0x4DBB;
    private static final int SEEK_ID = 0x53AB;
    private static final int SEEK_POSITION = 0x53AC;
    private static final int INFO = 0x1549A966;
    private static final int TRACKS = 0x1654AE6B;
    private static final int CLUSTER = 0x1F43B675;
    private static final int TIMESTAMP = 0xE7;
    private static final int SIMPLE_BLOCK = 0xA3;
    private static final int BLOCK_GROUP = 0xA0;
    private static final int CUES = 0x1C53BB6B;
    private static final int CUE_POINT = 0xBB;
    private static final int CUE_TIME = 0xB3;
    private static final int CUE_POSITIONS = 0xB7;
    private static final int CUE_TRACK = 0xF7;
    private static final int CUE_CLUSTER = 0xF1;
    private static final int VOID = 0xEC;

    /** An element: its number, where it begins, its content and where it ends. */
    private record Element(int id, int start, int content, int end) {}

    private record Block(long clusterTime, byte[] element, long time, boolean key) {}

    private SpreadMatroska() {}

    /**
     * @param file a whole Matroska of one track
     * @param gap bytes from the start of one group of blocks to that of the next
     * @param group blocks that lie together, in one cluster
     */
    public static SparseSource of(byte[] file, long gap, int group) {
        Map<Integer, byte[]> heads = new HashMap<>();
        List<Block> blocks = new ArrayList<>();
        Element segment = null;
        for (Element top : elements(file, 0, file.length)) {
            if (top.id == EBML) {
                heads.put(EBML, bytes(file, top));
            }
            segment = top.id == SEGMENT ? top : segment;
        }
        for (Element child : elements(file, segment.content, segment.end)) {
            if (child.id == CLUSTER) {
                blocks.addAll(blocks(file, child));
            } else {
                heads.put(child.id, bytes(file, child));
            }
        }
        return spread(heads, blocks, gap, group);
    }

    private static SparseSource spread(
            Map<Integer, byte[]> heads, List<Block> blocks, long gap, int group) {
        SparseSource source = new SparseSource("spread.mkv");
        int groups = (blocks.size() + group - 1) / group;
        byte[] ebml = heads.get(EBML);
        long start = ebml.length + 12;
        byte[] described = join(heads.get(INFO), heads.get(TRACKS));
        // positions count from the start of the segment's content
        long first = 64 + described.length;
        long cuesAt = first + groups * gap;
        byte[] seekHead =
                element(
                        SEEK_HEAD,
                        element(
                                SEEK,
                                join(
                                        element(SEEK_ID, number(CUES, 4)),
                                        element(SEEK_POSITION, number(cuesAt, 8)))));
        byte[] cues = new byte[0];
        for (int g = 0; g < groups; g++) {
            List<Block> members =
                    blocks.subList(g * group, Math.min(blocks.size(), (g + 1) * group));
            byte[] cluster = cluster(members);
            long at = first + g * gap;
            source.put(start + at, cluster);
            source.put(start + at + cluster.length, voidHead(gap - cluster.length));
            for (Block block : members) {
                cues = block.key ? join(cues, cue(block, at)) : cues;
            }
        }
        byte[] index = element(CUES, cues);
        source.put(0, ebml);
        source.put(ebml.length, join(number(SEGMENT, 4), size(cuesAt + index.length)));
        source.put(start, seekHead);
        source.put(start + seekHead.length, voidHead(64 - seekHead.length));
        source.put(start + 64, described);
        source.put(start + cuesAt, index);
        return source;
    }

    private static byte[] cluster(List<Block> members) {
        byte[] content = element(TIMESTAMP, number(members.get(0).clusterTime, 8));
        long base = members.get(0).clusterTime;
        for (Block block : members) {
            content = join(content, moved(block, base));
        }
        return element(CLUSTER, content);
    }

    /** A block's time counts from that of its cluster. */
    private static byte[] moved(Block block, long base) {
        byte[] element = block.element.clone();
        int at = timeAt(element);
        ByteBuffer.wrap(element).putShort(at, (short) (block.time - base));
        return element;
    }

    private static byte[] cue(Block block, long clusterAt) {
        return element(
                CUE_POINT,
                join(
                        element(CUE_TIME, number(block.time, 8)),
                        element(
                                CUE_POSITIONS,
                                join(
                                        element(CUE_TRACK, number(1, 1)),
                                        element(CUE_CLUSTER, number(clusterAt, 8))))));
    }

    private static List<Block> blocks(byte[] file, Element cluster) {
        List<Block> blocks = new ArrayList<>();
        long base = 0;
        for (Element child : elements(file, cluster.content, cluster.end)) {
            byte[] element = bytes(file, child);
            if (child.id == TIMESTAMP) {
                for (int i = child.content; i < child.end; i++) {
                    base = base << 8 | file[i] & 255;
                }
            } else if (child.id == SIMPLE_BLOCK || child.id == BLOCK_GROUP) {
                int at = timeAt(element);
                long time = base + ByteBuffer.wrap(element).getShort(at);
                boolean key = child.id == SIMPLE_BLOCK && (element[at + 2] & 0x80) != 0;
                blocks.add(new Block(base, element, time, key));
            }
        }
        return blocks;
    }

    /** Behind the head of the block and one byte of track number. */
    private static int timeAt(byte[] element) {
        Element outer = elements(element, 0, element.length).get(0);
        return outer.id == SIMPLE_BLOCK
                ? outer.content + 1
                : elements(element, outer.content, outer.end).get(0).content + 1;
    }

    private static List<Element> elements(byte[] file, int from, int to) {
        List<Element> found = new ArrayList<>();
        for (int at = from; at < to; ) {
            int idBytes = Integer.numberOfLeadingZeros(file[at] & 255) - 23;
            int id = (int) value(file, at, idBytes, 0);
            int sizeBytes = Integer.numberOfLeadingZeros(file[at + idBytes] & 255) - 23;
            long size = value(file, at + idBytes, sizeBytes, 1L << 7 * sizeBytes);
            int content = at + idBytes + sizeBytes;
            int end = (int) Math.min(to, content + size);
            found.add(new Element(id, at, content, end));
            at = end;
        }
        return found;
    }

    private static long value(byte[] file, int at, int bytes, long marker) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | file[at + i] & 255;
        }
        return value - marker;
    }

    private static byte[] bytes(byte[] file, Element element) {
        return Arrays.copyOfRange(file, element.start, element.end);
    }

    private static byte[] element(int id, byte[] content) {
        int idBytes = 4 - Integer.numberOfLeadingZeros(id) / 8;
        return join(number(id, idBytes), size(content.length), content);
    }

    private static byte[] voidHead(long length) {
        return join(number(VOID, 1), size(length - 9));
    }

    /** In eight bytes, the first of which says so. */
    private static byte[] size(long size) {
        return number(1L << 56 | size, 8);
    }

    private static byte[] number(long value, int bytes) {
        byte[] all = ByteBuffer.allocate(8).putLong(value).array();
        return Arrays.copyOfRange(all, 8 - bytes, 8);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}

package org.vidvec.media;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The items of a file of pictures: the box {@code meta} of ISO 14496-12, section 8.11, with the
 * properties of ISO 23008-12. Methods throw a {@link RuntimeException} where a box breaks off or
 * contradicts itself.
 */
final class HeifItems {

    private static final int PRIMARY = 0x7069746d; // pitm
    private static final int INFOS = 0x69696e66; // iinf
    private static final int INFO = 0x696e6665; // infe
    private static final int LOCATIONS = 0x696c6f63; // iloc
    private static final int DATA = 0x69646174; // idat
    private static final int PROPERTIES = 0x69707270; // iprp
    private static final int CONTAINER = 0x6970636f; // ipco
    private static final int ASSOCIATIONS = 0x69706d61; // ipma
    private static final int ROTATION = 0x69726f74; // irot
    private static final int MIRROR = 0x696d6972; // imir
    private static final int EXTENT = 0x69737065; // ispe

    private final List<Part> parts;

    /** A box in a box. */
    private record Part(int type, ByteBuffer content) {
        ByteBuffer start() {
            return content.duplicate().rewind();
        }
    }

    /**
     * Some bytes of an item.
     *
     * @param inItemData whether the offset counts from {@link #data} and not from the file's start
     */
    record Extent(long offset, long length, boolean inItemData) {}

    /**
     * @param meta content of the box
     */
    HeifItems(ByteBuffer meta) {
        // version and flags
        meta.getInt();
        parts = parts(meta);
    }

    private static List<Part> parts(ByteBuffer in) {
        List<Part> parts = new ArrayList<>();
        while (in.remaining() >= 8) {
            long size = u32(in);
            int type = in.getInt();
            long content = size == 0 ? in.remaining() : size == 1 ? in.getLong() - 16 : size - 8;
            if (content < 0 || content > in.remaining()) {
                throw new BufferUnderflowException();
            }
            parts.add(new Part(type, in.slice(in.position(), (int) content)));
            in.position(in.position() + (int) content);
        }
        return parts;
    }

    private static ByteBuffer first(List<Part> parts, int type) {
        for (Part part : parts) {
            if (part.type == type) {
                return part.start();
            }
        }
        return ByteBuffer.allocate(0);
    }

    /** Whether there are any. */
    boolean present() {
        return first(parts, PRIMARY).hasRemaining() && first(parts, INFOS).hasRemaining();
    }

    /** The number of the picture that the file is about. */
    long primary() {
        ByteBuffer box = first(parts, PRIMARY);
        return box.getInt() >>> 24 == 0 ? u16(box) : u32(box);
    }

    /** Its codec, or how it is put together, as four letters. */
    int type(long item) {
        ByteBuffer box = first(parts, INFOS);
        number(box, box.getInt() >>> 24 == 0 ? 2 : 4);
        for (Part part : parts(box)) {
            ByteBuffer info = part.start();
            int version = info.getInt() >>> 24;
            if (part.type == INFO && version >= 2 && number(info, version == 2 ? 2 : 4) == item) {
                // whether it is protected
                u16(info);
                return info.getInt();
            }
        }
        throw new BufferUnderflowException();
    }

    /** Where its bytes lie, in their order. */
    List<Extent> extents(long item) {
        ByteBuffer box = first(parts, LOCATIONS);
        int version = box.getInt() >>> 24;
        int sizes = u16(box);
        int lengthSize = sizes >> 8 & 15;
        if (lengthSize == 0) {
            throw new IllegalArgumentException("items without a length");
        }
        for (long left = number(box, version < 2 ? 2 : 4); left > 0; left--) {
            long id = number(box, version < 2 ? 2 : 4);
            int how = version == 0 ? 0 : u16(box) & 15;
            int file = u16(box);
            long base = number(box, sizes >> 4 & 15);
            List<Extent> extents = new ArrayList<>();
            for (int k = u16(box); k > 0; k--) {
                number(box, version == 0 ? 0 : sizes & 15);
                long offset = base + number(box, sizes >> 12);
                extents.add(new Extent(offset, number(box, lengthSize), how == 1));
            }
            if (id == item) {
                if (how > 1 || file != 0) {
                    throw new IllegalArgumentException("an item that lies elsewhere");
                }
                return extents;
            }
        }
        throw new BufferUnderflowException();
    }

    /** The bytes of items that lie in the box itself. */
    ByteBuffer data() {
        return first(parts, DATA);
    }

    /** How it has to be turned to stand upright. */
    Orientation orientation(long item) {
        Orientation orientation = Orientation.UPRIGHT;
        for (Part property : properties(item)) {
            if (property.type == ROTATION) {
                for (int quarters = property.start().get() & 3; quarters > 0; quarters--) {
                    orientation = orientation.turned();
                }
            } else if (property.type == MIRROR) {
                boolean sides = (property.start().get() & 1) != 0;
                orientation = sides ? orientation.mirrored() : orientation.flipped();
            }
        }
        return orientation;
    }

    /** Its size as the file states it. */
    StoredSize size(long item) {
        for (Part property : properties(item)) {
            if (property.type == EXTENT) {
                ByteBuffer box = property.start();
                box.getInt();
                return new StoredSize(u32(box), u32(box));
            }
        }
        return new StoredSize(0, 0);
    }

    private List<Part> properties(long item) {
        List<Part> boxes = parts(first(parts, PROPERTIES));
        List<Part> all = parts(first(boxes, CONTAINER));
        List<Part> found = new ArrayList<>();
        for (Part box : boxes) {
            if (box.type == ASSOCIATIONS) {
                for (int index : associations(box.start(), item)) {
                    // 0 stands for none
                    if (index > 0) {
                        found.add(all.get(index - 1));
                    }
                }
            }
        }
        return found;
    }

    private static List<Integer> associations(ByteBuffer box, long item) {
        int head = box.getInt();
        boolean wide = (head & 1) != 0;
        List<Integer> found = new ArrayList<>();
        for (long left = u32(box); left > 0; left--) {
            long id = number(box, head >>> 24 == 0 ? 2 : 4);
            for (int k = box.get() & 255; k > 0; k--) {
                // the highest bit says whether a reader must know it
                int index = wide ? u16(box) & 0x7fff : box.get() & 0x7f;
                if (id == item) {
                    found.add(index);
                }
            }
        }
        return found;
    }

    private static int u16(ByteBuffer box) {
        return Short.toUnsignedInt(box.getShort());
    }

    private static long u32(ByteBuffer box) {
        return Integer.toUnsignedLong(box.getInt());
    }

    private static long number(ByteBuffer box, int bytes) {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number = number << 8 | box.get() & 255;
        }
        return number;
    }
}

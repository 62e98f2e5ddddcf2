package org.vidvec.engine;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Parses a safetensors header and trusts nothing in it: 8 bytes of little-endian length, that many
 * bytes of JSON, then the tensors without gap or overlap (the format's own rules).
 */
final class SafetensorsHeader {

    // the largest released ones have 3 MB; parsed it takes a multiple of that on the heap
    private static final long MAX_HEADER_BYTES = 16L << 20;
    private static final int MAX_AXES = 16;

    private final Path file;
    private final long fileBytes;
    private final long dataBegin;

    private SafetensorsHeader(Path file, long fileBytes, long dataBegin) {
        this.file = file;
        this.fileBytes = fileBytes;
        this.dataBegin = dataBegin;
    }

    static Safetensors read(Path file) throws CheckpointException {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            byte[] begin = bytes(channel, 0, (int) Math.min(8, size));
            if (looksLikePickle(begin)) {
                throw new CheckpointException(
                        "["
                                + file
                                + "] is a PyTorch pickle, which can run code and is not read;"
                                + " convert the checkpoint to safetensors");
            }
            if (size < 8) {
                throw new CheckpointException(
                        "["
                                + file
                                + "] has ["
                                + size
                                + "] bytes, less than a safetensors header;"
                                + " download it again");
            }
            long header = ByteBuffer.wrap(begin).order(ByteOrder.LITTLE_ENDIAN).getLong();
            if (header < 2 || header > MAX_HEADER_BYTES || header > size - 8) {
                throw new CheckpointException(
                        "["
                                + file
                                + "] says that its header has ["
                                + header
                                + "] bytes; the file"
                                + " has ["
                                + size
                                + "] and a header at most ["
                                + MAX_HEADER_BYTES
                                + "]: it is cut off or not a safetensors file; download it again");
            }
            byte[] json = bytes(channel, 8, (int) header);
            return new SafetensorsHeader(file, size, 8 + header).parse(json);
        } catch (IOException e) {
            throw new CheckpointException("can't read [" + file + "]: " + e, e);
        }
    }

    // a zip (PK) or a bare pickle (protocol 2 and up begins with 0x80)
    private static boolean looksLikePickle(byte[] begin) {
        return begin.length >= 2
                && ((begin[0] == 'P' && begin[1] == 'K')
                        || (begin[0] == (byte) 0x80
                                && begin[1] >= 2
                                && begin[1] <= 5
                                && Arrays.equals(begin, 2, begin.length, new byte[6], 0, 6)
                                        == false));
    }

    private static byte[] bytes(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("the file ended while it was read");
            }
        }
        return buffer.array();
    }

    private Safetensors parse(byte[] json) throws CheckpointException {
        Map<String, WeightEntry> entries = new LinkedHashMap<>();
        try (JsonReader reader = new JsonReader(new StringReader(utf8(json)))) {
            reader.beginObject();
            while (reader.hasNext()) {
                String name = reader.nextName();
                JsonElement value = JsonParser.parseReader(reader);
                if (name.equals("__metadata__")) {
                    continue;
                }
                if (entries.put(name, entry(name, value.getAsJsonObject())) != null) {
                    throw bad(name, "is there twice");
                }
            }
            reader.endObject();
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new IllegalStateException("something follows the object");
            }
        } catch (IOException
                | JsonParseException
                | IllegalStateException
                | UnsupportedOperationException
                | ArithmeticException
                | NumberFormatException e) {
            // not as the cause: Gson's may have an Error as its own
            throw new CheckpointException(
                    "the header of ["
                            + file
                            + "] is not the JSON of a safetensors file: "
                            + e.getMessage()
                            + "; download it again");
        }
        checkLayout(new ArrayList<>(entries.values()));
        return new Safetensors(file, entries);
    }

    private static String utf8(byte[] json) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
    }

    /** A whole number; a fraction or one beyond 64 bits is none. */
    private static long whole(JsonElement value) {
        return value.getAsBigDecimal().longValueExact();
    }

    private WeightEntry entry(String name, JsonObject json) throws CheckpointException {
        StoredType type = type(name, member(name, json, "dtype").getAsString());
        JsonArray sizes = member(name, json, "shape").getAsJsonArray();
        JsonArray offsets = member(name, json, "data_offsets").getAsJsonArray();
        if (sizes.size() > MAX_AXES) {
            throw bad(
                    name, "has [" + sizes.size() + "] axes, over the limit of [" + MAX_AXES + "]");
        }
        long[] shape = new long[sizes.size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = whole(sizes.get(i));
            if (shape[i] < 0) {
                throw bad(name, "has the negative size [" + shape[i] + "]");
            }
        }
        if (offsets.size() != 2) {
            throw bad(name, "has the [data_offsets] " + offsets + ", not two");
        }
        long begin = whole(offsets.get(0));
        long end = whole(offsets.get(1));
        if (begin < 0 || end < begin || end > fileBytes - dataBegin) {
            throw bad(
                    name,
                    "lies at "
                            + offsets
                            + " of ["
                            + (fileBytes - dataBegin)
                            + "] bytes of data: the file is cut off");
        }
        WeightEntry entry = new WeightEntry(name, file, type, shape, dataBegin + begin, null);
        checkBytes(entry, end - begin);
        return entry;
    }

    private void checkBytes(WeightEntry entry, long bytes) throws CheckpointException {
        String what = "of shape " + Arrays.toString(entry.shape()) + " and type [" + entry.type();
        long needed;
        try {
            needed = entry.bytes();
        } catch (ArithmeticException e) {
            throw bad(entry.name(), what + "] needs more bytes than a file can have");
        }
        if (needed != bytes) {
            throw bad(entry.name(), what + "] needs [" + needed + "] bytes, not [" + bytes + "]");
        }
    }

    private JsonElement member(String name, JsonObject json, String key)
            throws CheckpointException {
        JsonElement value = json.get(key);
        if (value == null) {
            throw bad(name, "has no [" + key + "]");
        }
        return value;
    }

    private StoredType type(String name, String label) throws CheckpointException {
        for (StoredType type : StoredType.values()) {
            if (type.name().equals(label)) {
                return type;
            }
        }
        throw bad(
                name,
                "is stored as ["
                        + label
                        + "]; known are "
                        + Arrays.stream(StoredType.values()).collect(Collectors.toList()));
    }

    private void checkLayout(List<WeightEntry> entries) throws CheckpointException {
        entries.sort(
                Comparator.comparingLong(WeightEntry::offset)
                        .thenComparingLong(WeightEntry::bytes));
        long end = dataBegin;
        for (WeightEntry entry : entries) {
            if (entry.offset() != end) {
                throw bad(
                        entry.name(),
                        "begins at byte ["
                                + entry.offset()
                                + "], but the one before it ends at ["
                                + end
                                + "]: tensors overlap or leave a gap");
            }
            end = entry.offset() + entry.bytes();
        }
        if (end != fileBytes) {
            throw new CheckpointException(
                    "["
                            + file
                            + "] has ["
                            + fileBytes
                            + "] bytes, but its tensors end at ["
                            + end
                            + "]; download it again");
        }
    }

    private CheckpointException bad(String name, String what) {
        return new CheckpointException(
                "tensor [" + name + "] of [" + file + "] " + what + "; download the file again");
    }
}

package org.vidvec.yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts files into requests: {@code $clip{a.mp4}} stands for that demo clip as base64. */
final class Placeholders {

    private static final Pattern CLIP = Pattern.compile("\\$clip\\{([\\w.-]+)}");

    private final Path clips;

    /**
     * @param clips folder of the demo's clips
     */
    Placeholders(Path clips) {
        this.clips = clips;
    }

    /** A copy of maps, lists and texts with the files in their places. */
    Object fill(Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> filled = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                filled.put((String) entry.getKey(), fill(entry.getValue()));
            }
            return filled;
        }
        if (value instanceof List<?> list) {
            List<Object> filled = new ArrayList<>();
            for (Object item : list) {
                filled.add(fill(item));
            }
            return filled;
        }
        return value instanceof String text ? fillText(text) : value;
    }

    private String fillText(String text) throws IOException {
        Matcher matcher = CLIP.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            byte[] file = Files.readAllBytes(clips.resolve(matcher.group(1)));
            matcher.appendReplacement(filled, Base64.getEncoder().encodeToString(file));
        }
        return matcher.appendTail(filled).toString();
    }

    /** For messages. */
    static String shorten(Object value) {
        String text = String.valueOf(value);
        return text.length() <= 500 ? text : text.substring(0, 500) + "...";
    }
}

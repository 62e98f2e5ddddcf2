package org.vidvec.lessons;

import org.vidvec.world.Source;
import org.vidvec.world.Style;

/** How captions are asked for. */
final class CaptionRequest {

    private CaptionRequest() {}

    static String of(Source source, Style style) {
        String what =
                switch (source) {
                    case CLIP, STORY -> "video";
                    case IMAGE -> "image";
                    case PAGE -> "page";
                };
        return switch (style) {
            case SHORT -> "Describe the " + what + ".";
            case DENSE -> "Describe the " + what + " in detail.";
            case SUMMARY -> "Describe the " + what + " in a few words.";
        };
    }
}

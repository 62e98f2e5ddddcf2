package org.vidvec;

import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.core.PathUtils;
import org.elasticsearch.env.Environment;
import org.vidvec.natives.NativeLibraries;

/** Whether a node holds models and answers calls: {@code vidvec.inference.enabled}. */
final class InferenceSwitch {

    private static final String AUTO = "auto";

    private InferenceSwitch() {}

    /**
     * @throws IllegalArgumentException if the value is none of the three
     */
    static void check(String value) {
        if (value.equals("true") == false
                && value.equals("false") == false
                && value.equals(AUTO) == false) {
            throw new IllegalArgumentException(
                    "[vidvec.inference.enabled] is ["
                            + value
                            + "]; it must be one of [true, false, auto]");
        }
    }

    /** With {@code auto} where the plugin has native libraries for this platform. */
    static boolean isOn(Settings settings) {
        String value = VidvecSettings.INFERENCE_ENABLED.get(settings);
        if (value.equals(AUTO) == false) {
            return value.equals("true");
        }
        String home = Environment.PATH_HOME_SETTING.get(settings);
        return NativeLibraries.inPlugin(PathUtils.get(home, "plugins", "vidvec")).areThere();
    }
}

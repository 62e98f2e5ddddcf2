package org.vidvec.resize;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.io.IOException;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.parity.Parity;

public class SmartResizeTests extends ESTestCase {

    public void testEqualsTheReference() throws IOException {
        JsonArray rows =
                Parity.json("preprocessing/smart_resize.json")
                        .getAsJsonObject("qwen2_vl_and_video_llama_3")
                        .getAsJsonArray("rows");
        assertTrue(rows.size() > 100);
        for (JsonElement element : rows) {
            JsonArray row = element.getAsJsonArray();
            SmartResize rule =
                    new SmartResize(
                            row.get(2).getAsInt(), row.get(3).getAsLong(), row.get(4).getAsLong());
            assertEquals(
                    row.toString(),
                    new ImageSize(row.get(5).getAsInt(), row.get(6).getAsInt()),
                    rule.resize(row.get(0).getAsInt(), row.get(1).getAsInt()));
        }
    }

    public void testVolumesEqualTheReference() throws IOException {
        JsonArray rows =
                Parity.json("preprocessing/smart_resize.json")
                        .getAsJsonObject("qwen3_vl_video")
                        .getAsJsonArray("rows");
        assertTrue(rows.size() > 30);
        for (JsonElement element : rows) {
            JsonArray row = element.getAsJsonArray();
            VolumeResize rule =
                    new VolumeResize(
                            row.get(3).getAsInt(),
                            row.get(4).getAsInt(),
                            row.get(5).getAsLong(),
                            row.get(6).getAsLong());
            int[] input = {row.get(0).getAsInt(), row.get(1).getAsInt(), row.get(2).getAsInt()};
            assertEquals(
                    row.toString(),
                    new ImageSize(row.get(7).getAsInt(), row.get(8).getAsInt()),
                    rule.resize(input[0], input[1], input[2]));
        }
    }

    public void testASingleFrameOfAVideoIsSizedAsAFullPatch() {
        VolumeResize rule = new VolumeResize(32, 2, 8192, 49152);
        assertEquals(new ImageSize(64, 96), rule.resize(1, 64, 96));
    }

    public void testRefusesLongStrips() {
        SmartResize rule = new SmartResize(28, 3136, 1003520);
        assertEquals(new ImageSize(28, 812), rule.resize(14, 2800));
        IllegalArgumentException e =
                expectThrows(IllegalArgumentException.class, () -> rule.resize(10, 2001));
        assertEquals(
                "a picture of [2001x10] is too long: one side may be at most [200] times the other;"
                        + " crop it",
                e.getMessage());
    }
}

package org.vidvec.train;

import static org.hamcrest.Matchers.containsString;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.elasticsearch.test.ESTestCase;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** The picture is XML, and its lines go where the numbers are. */
public class CurvesTests extends ESTestCase {

    private static StepReport step(int step, double loss) {
        return new StepReport(step, loss, 0, 0.001, 4, 0.5, null, null);
    }

    public void testLines() throws Exception {
        String svg = new Curves(List.of(step(1, 4), step(2, 1), step(3, 2))).svg();
        Document picture =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(svg)));
        assertEquals(3, picture.getElementsByTagName("polyline").getLength());
        // 4 is the top of the first panel, 1 and 2 a quarter and a half of its 160 up
        assertThat(svg, containsString("points=\"40.0,40.0 440.0,160.0 840.0,120.0\""));
        assertThat("a norm of zero", svg, containsString("points=\"40.0,400.0 440.0,400.0 "));
        assertThat(svg, containsString("loss, 0 to 4.000"));
    }

    public void testOneStep() {
        String svg = new Curves(List.of(step(7, 2))).svg();
        assertThat(svg, containsString("points=\"40.0,40.0\""));
    }
}

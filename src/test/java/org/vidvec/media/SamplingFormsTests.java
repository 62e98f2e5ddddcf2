package org.vidvec.media;

import static org.hamcrest.Matchers.containsString;

import java.util.List;
import org.elasticsearch.test.ESTestCase;

/** Samplings as they are typed. */
public class SamplingFormsTests extends ESTestCase {

    public void testForms() {
        assertEquals(new Sampling.Uniform(8), Sampling.of("uniform:8"));
        assertEquals(new Sampling.Fps(0.5, 512), Sampling.of("fps:0.5"));
        assertEquals(new Sampling.Fps(2, 180), Sampling.of("fps:2,180"));
        assertEquals(new Sampling.Spread(2, 4, 768), Sampling.of("spread:2,768"));
        assertEquals(new Sampling.Shots(1, 512), Sampling.of("shots:1"));
        assertEquals(new Sampling.Timestamps(List.of(0.5, 3.)), Sampling.of("timestamps:3,0.5"));
    }

    public void testWhatIsNone() {
        for (String wrong :
                new String[] {
                    "uniform", "uniform:8,9", "fps:1,2,3", "fps:", "all:1", "fps:x", ""
                }) {
            IllegalArgumentException e =
                    expectThrows(IllegalArgumentException.class, () -> Sampling.of(wrong));
            assertThat(e.getMessage(), containsString("[" + wrong + "] must be like uniform:8"));
        }
        IllegalArgumentException half =
                expectThrows(IllegalArgumentException.class, () -> Sampling.of("uniform:1.5"));
        assertThat(half.getMessage(), containsString("[frames] must be whole, not [1.5]"));
    }
}

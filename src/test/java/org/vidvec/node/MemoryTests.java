package org.vidvec.node;

import static org.hamcrest.Matchers.equalTo;

import org.elasticsearch.test.ESTestCase;

/** The message of a machine that is too small. */
public class MemoryTests extends ESTestCase {

    public void testTooLittleMemoryIsRefusedWithBothNumbers() {
        NodeException e = expectThrows(NodeException.class, () -> Memory.require(1024, 1500));
        assertThat(
                e.getMessage(),
                equalTo(
                        "the machine has [1500mb] of memory available; the node needs [2048mb];"
                                + " close other programs and try again"));
    }

    public void testEnoughMemoryIsEnough() throws NodeException {
        Memory.require(1024, 2048);
    }
}

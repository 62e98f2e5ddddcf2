package org.vidvec.ingest;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.logging.log4j.Level;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.ingest.IngestDocument;
import org.elasticsearch.test.MockLog;

/** Documents that take as long as the setting says are told of, and no others. */
public class SlowLogTests extends ProcessorTestCase {

    private void answerAfterTwelveSeconds(Object answer) {
        client.answers.clear();
        Supplier<Object> late =
                () -> {
                    passedMillis.addAndGet(12_000);
                    return answer;
                };
        client.answers.add(late);
    }

    private void runAndExpect(MockLog.LoggingExpectation expectation) throws Exception {
        try (MockLog log = MockLog.capture(SlowLog.NAME)) {
            log.addExpectation(expectation);
            Map<String, Object> source = new HashMap<>(Map.of("video", BASE64));
            run(Map.of(), new IngestDocument("clips", "7", 1, null, null, source));
            log.assertAllExpectationsMatched();
        }
    }

    private static MockLog.LoggingExpectation seen(String message) {
        return new MockLog.PatternSeenEventExpectation(message, SlowLog.NAME, Level.WARN, message);
    }

    private static MockLog.LoggingExpectation nothing() {
        return new MockLog.UnseenEventExpectation("nothing", SlowLog.NAME, Level.WARN, "*");
    }

    public void testASlowDocumentIsToldOf() throws Exception {
        slow = TimeValue.timeValueSeconds(12);
        answerAfterTwelveSeconds(RESPONSE);
        runAndExpect(
                seen(
                        "took\\[12(\\.\\d+)?s\\], took_millis\\[12\\d{3}\\], index\\[clips\\],"
                                + " id\\[7\\], field\\[video\\], model\\[tiny\\]"));
    }

    public void testAFailureIsToldOfWithItsReason() throws Exception {
        slow = TimeValue.timeValueSeconds(12);
        answerAfterTwelveSeconds(new ResourceNotFoundException("no such model"));
        try (MockLog log = MockLog.capture(SlowLog.NAME)) {
            log.addExpectation(seen("took\\[12.*, model\\[tiny\\], failed\\[no such model\\]"));
            expectThrows(
                    ResourceNotFoundException.class,
                    () -> run(Map.of(), document(Map.of("video", BASE64))));
            log.assertAllExpectationsMatched();
        }
    }

    public void testFasterOnesAreNot() throws Exception {
        slow = TimeValue.timeValueMinutes(1);
        answerAfterTwelveSeconds(RESPONSE);
        runAndExpect(nothing());
    }

    public void testNothingIsToldByDefault() throws Exception {
        answerAfterTwelveSeconds(RESPONSE);
        runAndExpect(nothing());
    }
}

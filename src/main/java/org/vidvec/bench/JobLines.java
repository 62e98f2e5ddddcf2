package org.vidvec.bench;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;

/** Jobs of another program: one JSON object per line in, its answer per line out. */
final class JobLines {

    private JobLines() {}

    /** Does a job. */
    interface Worker {
        JsonObject run(JsonObject job) throws Exception;
    }

    /**
     * Answers until there are no more lines; a job that fails with its {@code error}.
     *
     * @throws IOException if the jobs can't be read
     */
    static void serve(BufferedReader jobs, PrintWriter answers, Worker worker) throws IOException {
        for (String line = jobs.readLine(); line != null; line = jobs.readLine()) {
            JsonObject answer;
            try {
                answer = worker.run(JsonParser.parseString(line).getAsJsonObject());
            } catch (Exception e) {
                answer = new JsonObject();
                answer.addProperty("error", e.toString());
            }
            answers.println(answer);
            answers.flush();
        }
    }
}

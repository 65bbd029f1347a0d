package io.vedette.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;

/** What a job manager says of its jobs. */
record FlinkRest(int port) {
    /** Ids of the jobs of which every task runs, by name; empty where nobody answers. */
    Map<String, String> running() throws InterruptedException {
        Map<String, String> ids = new TreeMap<>();
        try {
            for (JsonNode job : get("/jobs/overview").path("jobs")) {
                JsonNode tasks = job.path("tasks");
                if (job.path("state").asText().equals("RUNNING")
                        && tasks.path("running").asInt() == tasks.path("total").asInt()) {
                    ids.put(job.path("name").asText(), job.path("jid").asText());
                }
            }
        } catch (IOException notThere) {
            ids.clear();
        }
        return ids;
    }

    /** Where the state came from that a job began with; empty when it began without. */
    String restoredFrom(String id) throws IOException, InterruptedException {
        return get("/jobs/" + id + "/checkpoints")
                .path("latest")
                .path("restored")
                .path("external_path")
                .asText("");
    }

    /** How many checkpoints a job has completed. */
    int checkpoints(String id) throws IOException, InterruptedException {
        return get("/jobs/" + id + "/checkpoints")
                .path("counts")
                .path("completed")
                .asInt();
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return new JsonMapper()
                .readTree(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .body());
    }
}

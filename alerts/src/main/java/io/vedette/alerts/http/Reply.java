package io.vedette.alerts.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * What a service answered.
 *
 * @param status of HTTP
 * @param body as far as it was read; never logged as it is, since a proxy may quote the request in it
 */
public record Reply(int status, String body) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_QUOTED = 200;

    /** The body as JSON; missing where it is none. */
    public JsonNode json() {
        try {
            JsonNode json = JSON.readTree(body);
            return json == null ? MissingNode.getInstance() : json;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** A text out of a body, for people: one line, not too long. */
    public static String quoted(String text) {
        String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\s]+", " ").strip();
        return line.length() > MOST_QUOTED ? line.substring(0, MOST_QUOTED) + "…" : line;
    }
}

package io.vedette.ingest.scrape;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what an engine answers to questions about itself. */
final class EngineAnswers {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What a version looks like; anything else is not shown to people. */
    private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z][0-9A-Za-z.+_-]{0,63}");

    private EngineAnswers() {}

    /** {@code version} in the answer to {@code GET /version}; empty when there is none or the body is something else. */
    static Optional<String> version(byte[] body) {
        return Optional.ofNullable(parsed(body).path("version").textValue())
                .filter(text -> VERSION.matcher(text).matches());
    }

    /**
     * From the answer to {@code GET /v1/models}, OpenAI's list of models with vLLM's {@code max_model_len}: the largest {@code data[].max_model_len}; 0 when there is none or the
     * body is something else.
     */
    static long contextLength(byte[] body) {
        long largest = 0;
        for (JsonNode model : parsed(body).path("data")) {
            JsonNode length = model.path("max_model_len");
            if (length.isIntegralNumber() && length.canConvertToLong()) {
                largest = Math.max(largest, length.longValue());
            }
        }
        return largest;
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException noJson) {
            return JSON.missingNode();
        } catch (IOException e) {
            throw new IllegalStateException("an array cannot fail to be read", e);
        }
    }
}

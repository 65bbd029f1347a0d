package io.vedette.ingest.scrape;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** Reads the answer to {@code GET /v1/models}, OpenAI's list of models with vLLM's {@code max_model_len}. */
final class ServedModels {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ServedModels() {}

    /** The largest {@code data[].max_model_len}; 0 when there is none or the body is something else. */
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

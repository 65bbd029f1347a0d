package io.vedette.model.otlp;

import io.vedette.model.sample.Target;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads OTLP's {@code Resource}: whose metrics these are. A resource that comes again gives the same object. Not thread-safe. */
final class ResourceReader {
    private static final int CAPACITY = 16_384;
    private static final int ATTRIBUTES = 10;

    private final ByteTable<Origin> known = new ByteTable<>(CAPACITY);
    private final Attribute attribute = new Attribute();
    private final Interner interner;

    ResourceReader(Interner interner) {
        this.interner = interner;
    }

    /**
     * Where metrics come from.
     *
     * @param target null where no target is named
     * @param agent empty where it is unknown
     * @param contextLength in tokens; 0 where unknown
     */
    record Origin(@Nullable Target target, String agent, long contextLength) {}

    Origin read(Slice resource) throws IOException {
        Origin origin = known.get(resource.bytes(), resource.offset(), resource.length());
        if (origin == null) {
            origin = parse(resource.fields());
            known.put(
                    Arrays.copyOfRange(resource.bytes(), resource.offset(), resource.offset() + resource.length()),
                    origin);
        }
        return origin;
    }

    private Origin parse(Fields fields) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        long contextLength = 0;
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            if (tag != ATTRIBUTES) {
                fields.skip(tag);
                continue;
            }
            attribute.read(fields);
            String key = interner.text(fields.bytes(), attribute.keyOffset(), attribute.keyLength());
            if (attribute.isString()) {
                texts.put(key, interner.text(fields.bytes(), attribute.valueOffset(), attribute.valueLength()));
            } else if (attribute.isInteger() && key.equals(RecordNames.CONTEXT_LENGTH)) {
                contextLength = Math.max(0, attribute.integer());
            }
        }
        String agent = texts.getOrDefault(RecordNames.AGENT, "");
        return new Origin(target(texts, agent), agent, contextLength);
    }

    private static List<String> gpus(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(gpu -> !gpu.isEmpty())
                .toList();
    }

    private static @Nullable Target target(Map<String, String> texts, String agent) {
        String instance = texts.getOrDefault(RecordNames.INSTANCE, "");
        if (instance.isEmpty()) {
            return null;
        }
        Map<String, String> labels = new TreeMap<>();
        texts.forEach((key, value) -> {
            if (key.startsWith(RecordNames.LABEL_PREFIX)) {
                labels.put(key.substring(RecordNames.LABEL_PREFIX.length()), value);
            }
        });
        return new Target(
                instance,
                texts.getOrDefault(RecordNames.NODE, ""),
                agent,
                texts.getOrDefault(RecordNames.MODEL_NAME, ""),
                texts.getOrDefault(RecordNames.ROLE, RecordNames.DEFAULT_ROLE),
                gpus(texts.getOrDefault(RecordNames.GPUS, "")),
                labels);
    }
}

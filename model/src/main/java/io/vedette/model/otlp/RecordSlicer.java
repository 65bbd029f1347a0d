package io.vedette.model.otlp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts a record of {@code vedette.samples} into one for each of its resources, without decoding their metrics. Not thread-safe. */
public final class RecordSlicer {
    private static final int RESOURCE_METRICS = 10;
    private static final int RESOURCE = 10;

    private final ResourceReader resources = new ResourceReader(new Interner());
    private final Slice resource = new Slice();

    /**
     * One resource's part of a record.
     *
     * @param instance the target's name; empty where the resource names none, as in an agent's list of targets
     * @param agent the agent's name; empty where unknown
     * @param value a record value of its own, the bytes as they came; the very array that was handed in where it holds nothing else
     */
    public record Part(String instance, String agent, byte[] value) {}

    /**
     * The parts of a record's value, in its order; none for a beat.
     *
     * @throws UnreadableRecord when it is no OTLP metrics message, as far as it was looked at
     */
    public List<Part> slice(byte[] value) throws UnreadableRecord {
        List<Part> parts = new ArrayList<>(1);
        try {
            Fields fields = new Fields(value, 0, value.length);
            int start = 0;
            for (int tag = fields.next(); tag != 0; tag = fields.next()) {
                if (tag == RESOURCE_METRICS) {
                    ResourceReader.Origin origin = origin(fields);
                    byte[] part = start == 0 && fields.offset() == value.length
                            ? value
                            : Arrays.copyOfRange(value, start, fields.offset());
                    String instance =
                            origin.target() == null ? "" : origin.target().instance();
                    parts.add(new Part(instance, origin.agent(), part));
                } else {
                    fields.skip(tag);
                }
                start = fields.offset();
            }
        } catch (IOException e) {
            throw new UnreadableRecord("the record is no OTLP metrics message: " + e.getMessage(), e);
        }
        return parts;
    }

    private ResourceReader.Origin origin(Fields fields) throws IOException {
        resource.clear();
        int outer = fields.enter();
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            if (tag == RESOURCE) {
                fields.slice();
                resource.append(fields);
            } else {
                fields.skip(tag);
            }
        }
        fields.leave(outer);
        return resources.read(resource);
    }
}

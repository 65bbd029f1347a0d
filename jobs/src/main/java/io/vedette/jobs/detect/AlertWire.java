package io.vedette.jobs.detect;

import io.vedette.jobs.wire.Wire;
import io.vedette.model.alert.Severity;
import io.vedette.model.entity.Entity;
import io.vedette.model.entity.EntityKind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** How the parts of alerts are written: words, not ordinals, so that an enum may get new members. What only cards have is written of
 * them alone: states from before there were any have none. */
final class AlertWire {
    private AlertWire() {}

    static void writeEntity(DataOutput out, Entity entity) throws IOException {
        Wire.writeText(out, entity.kind().word());
        Wire.writeText(out, entity.instance());
        Wire.writeText(out, entity.engine());
        Wire.writeText(out, entity.modelName());
        Wire.writeText(out, entity.role());
        Wire.writeText(out, entity.node());
        Wire.writeMap(out, entity.labels());
        if (entity.kind() == EntityKind.GPU) {
            Wire.writeText(out, entity.gpu());
            Wire.writeText(out, entity.uuid());
        }
    }

    static Entity readEntity(DataInput in) throws IOException {
        EntityKind kind = known(EntityKind::ofWord, Wire.readText(in));
        String instance = Wire.readText(in);
        String engine = Wire.readText(in);
        String modelName = Wire.readText(in);
        String role = Wire.readText(in);
        String node = Wire.readText(in);
        Map<String, String> labels = Wire.readMap(in);
        boolean card = kind == EntityKind.GPU;
        return new Entity(
                kind,
                instance,
                engine,
                modelName,
                role,
                node,
                card ? Wire.readText(in) : "",
                card ? Wire.readText(in) : "",
                labels);
    }

    static void writeSeverity(DataOutput out, Severity severity) throws IOException {
        Wire.writeText(out, severity.word());
    }

    static Severity readSeverity(DataInput in) throws IOException {
        return known(Severity::ofWord, Wire.readText(in));
    }

    /** Finds the member of an enum that a word names. */
    @FunctionalInterface
    interface Words<E> {
        Optional<E> ofWord(String word);
    }

    static <E> E known(Words<E> words, String word) throws IOException {
        return words.ofWord(word).orElseThrow(() -> new IOException("this version does not know '" + word + "'"));
    }
}

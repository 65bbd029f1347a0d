package io.vedette.jobs.serial;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint remembers of a {@link CodecSerializer}: its codec's class. The versions stand with the values.
 *
 * @param <T> the serializer's type
 */
public final class CodecSnapshot<T> implements TypeSerializerSnapshot<T> {
    private @Nullable StreamCodec<T> codec;

    /** For Flink, which then reads the snapshot. */
    public CodecSnapshot() {}

    CodecSnapshot(StreamCodec<T> codec) {
        this.codec = codec;
    }

    private StreamCodec<T> codec() {
        if (codec == null) {
            throw new IllegalStateException("the snapshot has not been read");
        }
        return codec;
    }

    @Override
    public int getCurrentVersion() {
        return 1;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        out.writeUTF(codec().getClass().getName());
    }

    @Override
    public void readSnapshot(int readVersion, DataInputView in, ClassLoader classLoader) throws IOException {
        String name = in.readUTF();
        try {
            @SuppressWarnings("unchecked") // the class is the one that wrote the snapshot
            StreamCodec<T> read = (StreamCodec<T>) Class.forName(name, true, classLoader)
                    .asSubclass(StreamCodec.class)
                    .getConstructor()
                    .newInstance();
            codec = read;
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new IOException("no codec of this version: " + name, e);
        }
    }

    @Override
    public TypeSerializer<T> restoreSerializer() {
        return new CodecSerializer<>(codec());
    }

    @Override
    public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(TypeSerializerSnapshot<T> oldSnapshot) {
        return oldSnapshot instanceof CodecSnapshot<T> old && old.codec().getClass() == codec().getClass()
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.incompatible();
    }
}

package io.vedette.jobs.serial;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Flink's serializer around a {@link StreamCodec}: every value begins with the version that wrote it. */
final class CodecSerializer<T> extends TypeSerializer<T> {
    private static final long serialVersionUID = 1L;

    private final StreamCodec<T> codec;

    CodecSerializer(StreamCodec<T> codec) {
        this.codec = codec;
    }

    StreamCodec<T> codec() {
        return codec;
    }

    @Override
    public void serialize(T value, DataOutputView out) throws IOException {
        out.writeByte(codec.version());
        codec.write(value, out);
    }

    @Override
    public T deserialize(DataInputView in) throws IOException {
        int version = in.readByte();
        if (version < 1 || version > codec.version()) {
            throw new IOException(codec.getClass().getSimpleName() + " reads versions 1 to " + codec.version()
                    + ", and this value was written by version " + version);
        }
        return codec.read(version, in);
    }

    @Override
    public T deserialize(T reuse, DataInputView in) throws IOException {
        return deserialize(in);
    }

    @Override
    public T copy(T from) {
        return codec.copy(from);
    }

    @Override
    public T copy(T from, T reuse) {
        return codec.copy(from);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public boolean isImmutableType() {
        return codec.isImmutable();
    }

    @Override
    public TypeSerializer<T> duplicate() {
        return this;
    }

    @Override
    public T createInstance() {
        throw new IllegalStateException("no value is ever made without content");
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public TypeSerializerSnapshot<T> snapshotConfiguration() {
        return new CodecSnapshot<>(codec);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CodecSerializer<?> that && codec.getClass() == that.codec.getClass();
    }

    @Override
    public int hashCode() {
        return codec.getClass().hashCode();
    }
}

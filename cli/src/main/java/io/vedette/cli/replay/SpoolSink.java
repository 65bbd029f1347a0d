package io.vedette.cli.replay;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Writes what a job gives to a file, each element as its length and its bytes, to be brought into order when the job has ended. To be run with a
 * parallelism of 1.
 *
 * @param <T> the elements' type
 */
final class SpoolSink<T> implements Sink<T> {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final Encoder<T> encoder;

    /** How an element is written. */
    interface Encoder<T> extends Serializable {
        byte[] encode(T element);
    }

    SpoolSink(Path file, Encoder<T> encoder) {
        this.file = file.toString();
        this.encoder = encoder;
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
        return new Writer<>(Path.of(file), encoder);
    }

    private static final class Writer<T> implements SinkWriter<T> {
        private final DataOutputStream out;
        private final Encoder<T> encoder;

        Writer(Path file, Encoder<T> encoder) throws IOException {
            this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
            this.encoder = encoder;
        }

        @Override
        public void write(T element, Context context) throws IOException {
            byte[] bytes = encoder.encode(element);
            out.writeInt(bytes.length);
            out.write(bytes);
        }

        @Override
        public void flush(boolean endOfInput) throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}

package io.vedette.jobs.derive;

import io.vedette.jobs.panes.KnownColumns;
import io.vedette.jobs.serial.CodecType;
import io.vedette.jobs.serial.StreamCodec;
import io.vedette.jobs.track.Jump;
import io.vedette.jobs.track.MemberReport;
import io.vedette.jobs.track.ModelState;
import io.vedette.jobs.track.NodeCodec;
import io.vedette.jobs.track.NodeNote;
import io.vedette.jobs.track.NodeState;
import io.vedette.jobs.track.StateCodec;
import io.vedette.jobs.track.TargetState;
import io.vedette.jobs.wire.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.jspecify.annotations.Nullable;

/** How what flows through the derive job, and what it keeps, is written. Names of codecs stand in checkpoints: never rename one. */
public final class DeriveTypes {
    public static final TypeInformation<SampleRecord> SAMPLE =
            CodecType.of(SampleRecord.class, new SampleRecordCodec());
    public static final TypeInformation<Rejected> REJECTED = CodecType.of(Rejected.class, new RejectedCodec());
    static final TypeInformation<SampleSlice> SLICE = CodecType.of(SampleSlice.class, new SliceCodec());
    static final TypeInformation<MemberReport> REPORT = CodecType.of(MemberReport.class, new ReportCodec());
    static final TypeInformation<TargetState> TARGET_STATE = CodecType.of(TargetState.class, new TargetStateCodec());
    static final TypeInformation<ModelState> MODEL_STATE = CodecType.of(ModelState.class, new ModelStateCodec());

    static final TypeInformation<NodeNote> NOTE = CodecType.of(NodeNote.class, new NoteCodec());
    static final TypeInformation<NodeState> NODE_STATE = CodecType.of(NodeState.class, new NodeStateCodec());

    private DeriveTypes() {}

    /** Records as they were read. */
    public static final class SampleRecordCodec implements StreamCodec<SampleRecord> {
        private static final long serialVersionUID = 1L;

        @Override
        public void write(SampleRecord record, DataOutput out) throws IOException {
            Wire.writeText(out, record.key());
            Wire.writeBytes(out, record.value());
            Wire.writeLong(out, record.appendMillis());
            Wire.writeLong(out, record.intervalMillis());
            Wire.writeLong(out, record.clockOffsetMillis());
            Wire.writeInt(out, record.partition());
        }

        @Override
        public SampleRecord read(int version, DataInput in) throws IOException {
            return new SampleRecord(
                    Wire.readText(in),
                    Wire.readBytes(in),
                    Wire.readLong(in),
                    Wire.readLong(in),
                    Wire.readLong(in),
                    Wire.readInt(in));
        }
    }

    /** Slices of records. */
    public static final class SliceCodec implements StreamCodec<SampleSlice> {
        private static final long serialVersionUID = 1L;

        @Override
        public void write(SampleSlice slice, DataOutput out) throws IOException {
            Wire.writeText(out, slice.target());
            Wire.writeBytes(out, slice.value());
            Wire.writeText(out, slice.removedBy());
            Wire.writeLong(out, slice.appendMillis());
            Wire.writeLong(out, slice.intervalMillis());
            Wire.writeLong(out, slice.clockOffsetMillis());
            Wire.writeLong(out, slice.jump().fromMillis());
            Wire.writeLong(out, slice.jump().toMillis());
        }

        @Override
        public SampleSlice read(int version, DataInput in) throws IOException {
            return new SampleSlice(
                    Wire.readText(in),
                    Wire.readBytes(in),
                    Wire.readText(in),
                    Wire.readLong(in),
                    Wire.readLong(in),
                    Wire.readLong(in),
                    new Jump(Wire.readLong(in), Wire.readLong(in)));
        }
    }

    /** Members' reports to their model. */
    public static final class ReportCodec implements StreamCodec<MemberReport> {
        private static final long serialVersionUID = 1L;

        private transient @Nullable KnownColumns known;

        @Override
        public void write(MemberReport report, DataOutput out) throws IOException {
            StateCodec.writeReport(out, report);
        }

        @Override
        public MemberReport read(int version, DataInput in) throws IOException {
            KnownColumns columns = known;
            if (columns == null) {
                columns = new KnownColumns();
                known = columns;
            }
            return StateCodec.readReport(in, columns);
        }
    }

    /** Rejected records. */
    public static final class RejectedCodec implements StreamCodec<Rejected> {
        private static final long serialVersionUID = 1L;

        @Override
        public void write(Rejected rejected, DataOutput out) throws IOException {
            Wire.writeText(out, rejected.key());
            Wire.writeBytes(out, rejected.value());
            Wire.writeText(out, rejected.reason());
        }

        @Override
        public Rejected read(int version, DataInput in) throws IOException {
            return new Rejected(Wire.readText(in), Wire.readBytes(in), Wire.readText(in));
        }
    }

    /** States of targets. */
    public static final class TargetStateCodec implements StreamCodec<TargetState> {
        private static final long serialVersionUID = 1L;

        @Override
        public int version() {
            return 2;
        }

        @Override
        public void write(TargetState state, DataOutput out) throws IOException {
            StateCodec.writeTarget(out, state);
        }

        @Override
        public TargetState read(int version, DataInput in) throws IOException {
            return StateCodec.readTarget(version, in);
        }

        @Override
        public TargetState copy(TargetState state) {
            return state.copy();
        }

        @Override
        public boolean isImmutable() {
            return false;
        }
    }

    /** States of models. */
    public static final class ModelStateCodec implements StreamCodec<ModelState> {
        private static final long serialVersionUID = 1L;

        @Override
        public void write(ModelState state, DataOutput out) throws IOException {
            StateCodec.writeModel(out, state);
        }

        @Override
        public ModelState read(int version, DataInput in) throws IOException {
            return StateCodec.readModel(in);
        }

        @Override
        public ModelState copy(ModelState state) {
            return state.copy();
        }

        @Override
        public boolean isImmutable() {
            return false;
        }
    }

    /** What targets tell of nodes. */
    public static final class NoteCodec implements StreamCodec<NodeNote> {
        private static final long serialVersionUID = 1L;

        @Override
        public void write(NodeNote note, DataOutput out) throws IOException {
            NodeCodec.writeNote(out, note);
        }

        @Override
        public NodeNote read(int version, DataInput in) throws IOException {
            return NodeCodec.readNote(in);
        }
    }

    /** States of nodes. */
    public static final class NodeStateCodec implements StreamCodec<NodeState> {
        private static final long serialVersionUID = 1L;

        @Override
        public void write(NodeState state, DataOutput out) throws IOException {
            NodeCodec.writeNode(out, state);
        }

        @Override
        public NodeState read(int version, DataInput in) throws IOException {
            return NodeCodec.readNode(in);
        }

        @Override
        public NodeState copy(NodeState state) {
            return state.copy();
        }

        @Override
        public boolean isImmutable() {
            return false;
        }
    }
}

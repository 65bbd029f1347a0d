package io.vedette.jobs.derive;

import io.vedette.jobs.serial.CodecType;
import io.vedette.jobs.serial.StreamCodec;
import io.vedette.jobs.track.Jump;
import io.vedette.jobs.wire.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * What routing remembers: how far each partition had come, its newest jump, and which targets each agent had. Parts of it that come from several
 * subtasks are merged, the newer winning. Not thread-safe.
 */
public final class RouterState {
    static final TypeInformation<RouterState> TYPE = CodecType.of(RouterState.class, new Codec());

    private final Map<Integer, Long> appendMillis = new HashMap<>();
    private final Map<Integer, Jump> jumps = new HashMap<>();
    private final Map<String, AgentList> lists = new HashMap<>();

    private record AgentList(long appendMillis, Set<String> targets) {}

    /** Takes a record's append time. */
    Jump advance(int partition, long millis) {
        Long before = appendMillis.get(partition);
        Jump known = jumps.getOrDefault(partition, Jump.NONE);
        Jump jump = before == null ? known : Jump.between(before, millis, known);
        if (!jump.equals(known)) {
            jumps.put(partition, jump);
        }
        if (before == null || millis > before) {
            appendMillis.put(partition, millis);
        }
        return jump;
    }

    /** Takes an agent's list of targets, and says which ones it no longer has. */
    Set<String> replace(String agent, long millis, Set<String> targets) {
        AgentList before = lists.get(agent);
        if (before != null && before.appendMillis > millis) {
            return Set.of();
        }
        lists.put(agent, new AgentList(millis, Set.copyOf(targets)));
        Set<String> removed = new HashSet<>(before == null ? Set.of() : before.targets);
        removed.removeAll(targets);
        return removed;
    }

    void merge(RouterState other) {
        other.appendMillis.forEach((partition, millis) -> appendMillis.merge(partition, millis, Math::max));
        other.jumps.forEach((partition, jump) -> jumps.merge(partition, jump, Jump::or));
        other.lists.forEach(
                (agent, list) -> lists.merge(agent, list, (a, b) -> a.appendMillis >= b.appendMillis ? a : b));
    }

    RouterState copy() {
        RouterState copy = new RouterState();
        copy.merge(this);
        return copy;
    }

    /** Writes and reads the state; its name stands in checkpoints. */
    public static final class Codec implements StreamCodec<RouterState> {
        private static final long serialVersionUID = 1L;

        @Override
        public void write(RouterState state, DataOutput out) throws IOException {
            Wire.writeInt(out, state.appendMillis.size());
            for (Map.Entry<Integer, Long> partition : state.appendMillis.entrySet()) {
                Jump jump = state.jumps.getOrDefault(partition.getKey(), Jump.NONE);
                Wire.writeInt(out, partition.getKey());
                Wire.writeLong(out, partition.getValue());
                Wire.writeLong(out, jump.fromMillis());
                Wire.writeLong(out, jump.toMillis());
            }
            Wire.writeInt(out, state.lists.size());
            for (Map.Entry<String, AgentList> list : state.lists.entrySet()) {
                Wire.writeText(out, list.getKey());
                Wire.writeLong(out, list.getValue().appendMillis);
                Wire.writeInt(out, list.getValue().targets.size());
                for (String target : list.getValue().targets) {
                    Wire.writeText(out, target);
                }
            }
        }

        @Override
        public RouterState read(int version, DataInput in) throws IOException {
            RouterState state = new RouterState();
            int partitions = Wire.readInt(in);
            for (int i = 0; i < partitions; i++) {
                int partition = Wire.readInt(in);
                state.appendMillis.put(partition, Wire.readLong(in));
                state.jumps.put(partition, new Jump(Wire.readLong(in), Wire.readLong(in)));
            }
            int agents = Wire.readInt(in);
            for (int i = 0; i < agents; i++) {
                String agent = Wire.readText(in);
                long millis = Wire.readLong(in);
                Set<String> targets = new HashSet<>();
                int count = Wire.readInt(in);
                for (int t = 0; t < count; t++) {
                    targets.add(Wire.readText(in));
                }
                state.lists.put(agent, new AgentList(millis, targets));
            }
            return state;
        }

        @Override
        public RouterState copy(RouterState state) {
            return state.copy();
        }

        @Override
        public boolean isImmutable() {
            return false;
        }
    }
}

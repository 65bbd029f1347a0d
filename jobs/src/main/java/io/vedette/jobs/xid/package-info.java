/** What NVIDIA's driver means by the numbers of its errors (XIDs). */
@NullMarked
package io.vedette.jobs.xid;

import org.jspecify.annotations.NullMarked;

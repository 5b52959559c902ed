/* What a parent and its helper's zygote say to each other. Only helper.c and helper_serve.c include
 * it. */
#ifndef VANTHU_BASE_HELPER_WIRE_H
#define VANTHU_BASE_HELPER_WIRE_H

#include <stdint.h>

#define HELPER_ARGUMENT "--zygote" /* argv[1] when a parent starts it */
#define HELPER_SOCKET 3            /* the zygote's end of the socket */
#define HELPER_HELLO 0x56483031u   /* zygote to parent, once, when it is warm */

/* Parent to zygote, with two descriptors: the request, and where the reply goes. */
typedef struct {
	char service[32];
	uint64_t memory_bytes, reply_bytes;
	int32_t cpu_seconds, wall_seconds;
} HelperRequest;

/* Zygote to parent. */
typedef struct {
	int32_t status; /* as from waitpid() */
	int32_t timed_out;
} HelperOutcome;

/* A reply begins with this; an ErrCode, or 0: then what follows is the reply, else the message. */
typedef struct {
	uint32_t code, unused;
} HelperReply;

#endif

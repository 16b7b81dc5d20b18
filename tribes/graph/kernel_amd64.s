#include "textflag.h"

// func dotBlocks(a, b []float32) float32
TEXT ·dotBlocks(SB), NOSPLIT, $0-52
	MOVQ  a_base+0(FP), SI
	MOVQ  a_len+8(FP), CX
	MOVQ  b_base+24(FP), DI
	XORPS X0, X0
	XORPS X1, X1
	XORPS X2, X2
	XORPS X3, X3
	SHRQ  $4, CX
	JZ    sum

block:
	MOVUPS (SI), X4
	MOVUPS 16(SI), X5
	MOVUPS 32(SI), X6
	MOVUPS 48(SI), X7
	MOVUPS (DI), X8
	MOVUPS 16(DI), X9
	MOVUPS 32(DI), X10
	MOVUPS 48(DI), X11
	MULPS  X8, X4
	MULPS  X9, X5
	MULPS  X10, X6
	MULPS  X11, X7
	ADDPS  X4, X0
	ADDPS  X5, X1
	ADDPS  X6, X2
	ADDPS  X7, X3
	ADDQ   $64, SI
	ADDQ   $64, DI
	DECQ   CX
	JNZ    block

sum:
	ADDPS   X1, X0
	ADDPS   X3, X2
	ADDPS   X2, X0
	MOVAPS  X0, X1
	SHUFPS  $0xB1, X1, X1
	ADDPS   X1, X0
	MOVHLPS X0, X1
	ADDSS   X1, X0
	MOVSS   X0, ret+48(FP)
	RET

// func addBlocks(to []float32, x float32, from []float32)
TEXT ·addBlocks(SB), NOSPLIT, $0-56
	MOVQ   to_base+0(FP), DI
	MOVQ   to_len+8(FP), CX
	MOVSS  x+24(FP), X0
	SHUFPS $0, X0, X0
	MOVQ   from_base+32(FP), SI
	SHRQ   $3, CX
	JZ     done

block:
	MOVUPS (SI), X1
	MOVUPS 16(SI), X2
	MOVUPS (DI), X3
	MOVUPS 16(DI), X4
	MULPS  X0, X1
	MULPS  X0, X2
	ADDPS  X1, X3
	ADDPS  X2, X4
	MOVUPS X3, (DI)
	MOVUPS X4, 16(DI)
	ADDQ   $32, SI
	ADDQ   $32, DI
	DECQ   CX
	JNZ    block

done:
	RET
